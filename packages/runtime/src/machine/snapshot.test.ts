import { encodeCanonical } from "@parley/wire";
import { describe, expect, test } from "vitest";
import { opened } from "../testing/driven-run.ts";
import { imageOfTypes, recv, send } from "../testing/small-types.ts";
import { decodeImage, encodeImage } from "./code/image.ts";
import { toPlain } from "./plain.ts";
import { decodeMachine, encodeMachine } from "./snapshot.ts";

const image = imageOfTypes({ A: send("B", { x: {} }), B: recv("A", { x: {} }) });
const other = imageOfTypes({ A: send("B", { y: {} }), B: recv("A", { y: {} }) });

describe("what leaves memory", () => {
  test("a snapshot of another version, other semantics or another image is refused", () => {
    const plain = toPlain(opened(image));
    const read = (value: unknown) => decodeMachine(image, encodeCanonical(value));
    expect(read({ ...plain, v: 2 })).toEqual({ ok: false, error: { kind: "unknown-version", version: 2 } });
    expect(read({ ...plain, semantics: 9 })).toMatchObject({ error: { kind: "unknown-semantics" } });
    expect(decodeMachine(other, encodeMachine(opened(image)))).toMatchObject({
      error: { kind: "other-image" },
    });
    expect(decodeMachine(image, new Uint8Array([1, 2]))).toMatchObject({ ok: false });
  });

  test("an image of another version or other semantics is refused", () => {
    const read = (value: unknown) => decodeImage(encodeCanonical(value));
    expect(read({ ...image, v: 7 })).toEqual({ ok: false, error: { kind: "unknown-version", version: 7 } });
    expect(read({ ...image, semantics: 2 })).toMatchObject({ error: { kind: "unknown-semantics" } });
    expect(decodeImage(encodeImage(image).slice(0, 9))).toMatchObject({ error: { kind: "malformed" } });
    expect(read(3)).toMatchObject({ error: { kind: "malformed" } });
  });
});
