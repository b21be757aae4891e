import { Button } from "../../ui/button.tsx";
import { useOpenSession } from "../session-context.ts";
import { useSetAddress } from "../use-set-address.ts";
import { useOperations } from "./use-operations.ts";

/** Where a statement about an operation is selected: leads to that operation. */
export const OperationLink = () => {
  const show = useSetAddress(useOpenSession().data.id);
  const { selected } = useOperations();
  return selected === undefined ? null : (
    <div className="act-row pad">
      <Button small onClick={() => show({ side: "operations" })}>
        Operation {selected}
      </Button>
    </div>
  );
};
