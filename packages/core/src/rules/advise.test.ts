import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyse } from "../analyse.ts";
import { applyFix, fixAll } from "../diagnostics/apply-fix.ts";
import { print } from "../print/print.ts";

const codesOf = (source: string, bundles: readonly string[] = []): readonly string[] =>
  analyse(source, { bundles }).diagnostics.map(({ code }) => code);

const talk = (record: string, head = ""): string =>
  `${head}module talk exposing (Talk)\n\nprotocol Talk =\n  roles A, B\n  A { ${record} } -> B : Hi\n`;

describe("a link", () => {
  const link = (bundle: string): string => talk(`flow_cost : 1, link : "bundle=${bundle}"`);

  it.each(["device_migration", "guardian_handoff", "epoch_rotation_transfer"])(
    "of the live %s stays",
    (bundle) => {
      expect(codesOf(link(bundle))).toEqual([]);
    },
  );

  it("of another bundle is a finding until the workspace registers it", () => {
    expect(codesOf(link("archive"))).toEqual(["PAR5006"]);
    expect(codesOf(link("archive"), ["archive"])).toEqual([]);
  });

  it("is deleted by its fix, never renamed", () => {
    const source = link("archive");
    const [found] = analyse(source).diagnostics;
    expect(found?.fix && applyFix(source, found.fix)).toBe(talk("flow_cost : 1"));
  });
});

describe("deleting the only annotation", () => {
  it("keeps the cost an annotated message has by default", () => {
    const source = talk("journal_merge : true");
    const { text } = fixAll(source, (text) => analyse(text).diagnostics);
    expect(text).toBe(talk("flow_cost : 100"));
  });
});

describe("a comment", () => {
  const commented = (comment: string): string =>
    `protocol Talk =\n  roles A, B\n  -- ${comment}\n  A -> B : Hi -- ${comment}\n`;

  it.each([
    ["Phase 1: invite", "PAR5010"],
    ["--- STEP two ---", "PAR5010"],
    ["link=bundle moves here", "PAR5009"],
    ["ownership of the fragment stays with A", "PAR5009"],
    ["the session handoff happens after this", "PAR5009"],
    ["recovery bundle", "PAR5009"],
    ["runtime upgrade owner", "PAR5009"],
  ])("`%s` is found, and deleted wherever it stands", (comment, code) => {
    const source = commented(comment);
    expect(codesOf(source)).toEqual([code, code]);
    const { text } = fixAll(source, (text) => analyse(text).diagnostics);
    expect(text).toBe("protocol Talk =\n  roles A, B\n  A -> B : Hi\n");
  });

  it.each([
    "the buyer asks first",
    "in this phase of the moon",
    "whoever owns the key signs",
    "a bundle of flowers",
    "the session may move to another device on the way",
  ])("`%s` is the author's", (comment) => {
    expect(codesOf(commented(comment))).toEqual([]);
  });
});

describe("theorem packs", () => {
  const keys =
    "protocol_machine_envelope_adherence, protocol_machine_envelope_admission, protocol_envelope_bridge";
  const packed = (module: string, name: string): string =>
    `module ${module} exposing (${name})\n\nproof_bundle AuraAuthorityEvidence requires [${keys}]\n\nprotocol ${name} requires AuraAuthorityEvidence =\n  roles A, B\n  A { journal_facts : "x" } -> B : Hi\n`;

  it.each([
    ["amp_transport", "AmpTransport", "data plane"],
    ["cover", "CoverTraffic", "cover traffic"],
    ["rendezvous_relay", "RelayedRendezvous", "rendezvous"],
    ["invitation", "InvitationExchange", "plain invitation"],
    ["compat", "BreakingBaseline", "fixture"],
    ["anonymous", "AnonymousPathEstablishProtocol", "adaptive privacy"],
    ["holds", "HoldDepositReplyBlockProtocol", "adaptive privacy"],
  ])("are out of place in %s.%s", (module, name, reason) => {
    const source = packed(module, name);
    const [found] = analyse(source).diagnostics;
    expect([found?.code, found?.message.toLowerCase()]).toEqual(["PAR5011", expect.stringContaining(reason)]);
    const { text } = fixAll(source, (text) => analyse(text).diagnostics);
    expect(text).not.toMatch(/proof_bundle|requires/);
    expect(codesOf(text)).toEqual([]);
  });

  it.each([
    ["session_coordination", "SessionCoordinationChoreography"],
    ["amp_transport", "AmpTransport"],
    ["dkd_protocol", "DkdChoreography"],
    ["guardian_auth_relational", "GuardianAuthRelational"],
    ["invitation", "InvitationExchange"],
    ["invitation_guardian", "GuardianInvitation"],
    ["invitation_device_enrollment", "DeviceEnrollment"],
    ["guardian_membership_change", "GuardianMembershipChange"],
    ["rendezvous", "RendezvousExchange"],
    ["rendezvous_relay", "RelayedRendezvous"],
    ["epoch_rotation", "EpochRotationProtocol"],
    ["aura_consensus", "AuraConsensus"],
  ])("are kept out of the shipped %s.%s, and each of them says why", (module, name) => {
    const [found] = analyse(packed(module, name)).diagnostics;
    expect([found?.code, (found?.args.reason ?? "").length > 20]).toEqual(["PAR5011", true]);
  });

  it.each([
    ["recovery_protocol", "RecoveryProtocol"],
    ["guardian_setup", "GuardianSetup"],
    ["guardian_ceremony", "GuardianCeremony"],
  ])("stay where they decide an admission: %s.%s", (module, name) => {
    expect(codesOf(packed(module, name))).toEqual([]);
  });
});

describe("an allow comment", () => {
  const pair = "protocol P =\n  roles A, B\n  A -> B : Ask\n  B -> A : Tell\n";

  it("above a line or behind it counts for that line, before everything for the text", () => {
    const found = "  A { priority : 1, flow_cost : 1 } -> B : Hi\n";
    const head = "module p exposing (P)\nprotocol P =\n  roles A, B\n";
    const twice = head + found + found;
    expect(codesOf(twice)).toEqual(["PAR5005", "PAR5005"]);
    expect(codesOf(`-- parley: allow PAR5005\n${twice}`)).toEqual([]);
    expect(codesOf(`${head}  -- parley: allow PAR5005\n${found}${found}`)).toEqual(["PAR5005"]);
    expect(codesOf(`${head}${found.trimEnd()} -- parley: allow PAR5005\n${found}`)).toEqual(["PAR5005"]);
    expect(codesOf(`-- parley: allow PAR5015, PAR5001\n${pair}`)).toEqual([]);
  });

  it("never silences an error", () => {
    const source = `-- parley: allow PAR4003\n${talk('guard_capability : "send"')}`;
    expect(codesOf(source)).toEqual(["PAR4003"]);
  });
});

describe("all fixes together", () => {
  const entry = fc.constantFrom(
    "flow_cost : 5",
    "flow_cost : much",
    'guard_capability : "send"',
    'guard_capability : "cap:send"',
    'guard_capability : "Chat.Send"',
    'guard_capability : ""',
    "journal_merge : true",
    "journal_merge : maybe",
    "leakage_budget : [1, 0]",
    'leakage_budget : "x"',
    'link : "bundle=old|exports=a"',
    'link : "exports=a"',
    'link : "bundle=device_migration|imports=a"',
    'leak : "everyone"',
    'leak : ""',
    "priority : 3",
    "parallel : true",
    'journal_facts : "x"',
    "flow_cots : 3",
  );

  it("leave a text that reads, with no fix left to apply and no finding it did not have", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(entry, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 4 }),
        (edges) => {
          const lines = edges.map((one, i) => `  A { ${one.join(", ")} } -> B : M${i}\n`);
          const source = `module talk exposing (Talk)\nprotocol Talk =\n  roles A, B\n${lines.join("")}`;
          const before = new Set(codesOf(source));
          const { text } = fixAll(source, (text) => analyse(text).diagnostics);
          const after = analyse(text);
          expect(after.diagnostics.filter(({ code }) => !before.has(code))).toEqual([]);
          expect(after.file.protocol?.body).toHaveLength(edges.length);
          expect(print(after.file)).toContain("M0");
          expect(after.diagnostics.filter(({ fix }) => fix !== undefined).map(({ code }) => code)).toEqual(
            [],
          );
        },
      ),
      { numRuns: 200 },
    );
  });
});
