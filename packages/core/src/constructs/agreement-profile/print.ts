import type { Writer } from "../../print/writer.ts";
import type { AgreementProfile } from "./node.ts";
import { AGREEMENT_FIELDS } from "./parse.ts";

/** A profile with one field a line. */
export function printAgreementProfile(node: AgreementProfile, w: Writer): void {
  w.line(`agreement_profile ${node.name.text}`);
  w.indented(() => {
    for (const { word, key } of AGREEMENT_FIELDS) {
      const value = node[key];
      if (value !== undefined) w.line(`${word} ${value.text}`);
    }
  });
}
