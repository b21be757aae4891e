import type { UpgradeView } from "@parley/wire/http";
import { Chip } from "../ui/chip.tsx";
import type { Column } from "../ui/data-table.tsx";
import { when } from "../ui/when.ts";

/** Names an upgrade in lists: a bundle may try the same one twice. */
export const upgradeKey = ({ bundle, epoch }: UpgradeView): string => `${bundle} ${epoch}`;

/** The columns of a list of upgrades. */
export const upgradeColumns: readonly Column<UpgradeView>[] = [
  { id: "upgrade", head: "Upgrade", width: "minmax(90px, 1fr)", text: ({ upgrade_id }) => upgrade_id },
  { id: "bundle", head: "Bundle", wide: true, text: ({ bundle }) => bundle },
  { id: "epoch", head: "Epoch", width: "54px", text: ({ epoch }) => epoch },
  {
    id: "result",
    head: "Result",
    width: "112px",
    text: ({ ok }) => (ok ? "cut over" : "failed"),
    show: ({ ok, reason }) => (
      <Chip
        tone={ok ? "ok" : "bad"}
        icon={ok ? "check" : "cross"}
        {...(reason === null ? {} : { title: reason })}
      >
        {ok ? "cut over" : "failed"}
      </Chip>
    ),
  },
  {
    id: "phases",
    head: "Phases",
    wide: true,
    width: "minmax(0, 1.6fr)",
    text: ({ artifacts }) => artifacts.map(({ phase }) => phase).join(" "),
    show: ({ artifacts }) => artifacts.map(({ phase }) => phase).join(" → "),
  },
  {
    id: "members",
    head: "Members after",
    wide: true,
    text: ({ after }) => after.join(" "),
    show: ({ after }) => after.join(", "),
  },
  { id: "at", head: "When", wide: true, width: "126px", text: ({ at }) => at, show: ({ at }) => when(at) },
];
