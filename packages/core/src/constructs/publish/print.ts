import type { Writer } from "../../print/writer.ts";
import { printPayload } from "../expression/print.ts";
import type { Publish, PublishAs } from "./node.ts";

export function printPublish(node: Publish, w: Writer): void {
  w.line(`publish ${node.event.text}${printPayload(node.arg)}`);
}

export function printPublishAs(node: PublishAs, w: Writer): void {
  w.line(`publish ${node.witness.text} as ${node.publication.text}`);
}
