import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { blake3 } from "@noble/hashes/blake3.js";
import { KeyStoreError } from "@parley/runtime/identity";
import { keyPortContract } from "@parley/runtime/testing/identity";
import { encodeCanonical } from "@parley/wire";
import { afterEach, describe, expect, it } from "vitest";
import { openKeyStore } from "./key-store.ts";

const folders: string[] = [];
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "parley-keys-"));
  folders.push(folder);
  return folder;
};

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

keyPortContract("keys in a file", () => openKeyStore(newFolder()), { describe, expect, it });

const reason = (open: () => unknown) => {
  try {
    open();
  } catch (error) {
    return error instanceof KeyStoreError ? error.reason.code : error;
  }
  return "opened";
};

describe("the file of keys", () => {
  it("has what was made when it is opened again, for its owner alone and with nothing beside it", () => {
    const folder = newFolder();
    const keys = openKeyStore(folder);
    expect(readdirSync(folder)).toEqual([]);
    const key = keys.create("root:ada");
    keys.putSecret("share", Uint8Array.from([1, 2]));
    const again = openKeyStore(folder);
    expect(again.publicKey("root:ada")).toBe(key);
    expect([...(again.secret("share") ?? [])]).toEqual([1, 2]);
    expect(Buffer.from(again.sign("root:ada", Uint8Array.of(1)))).toEqual(
      Buffer.from(keys.sign("root:ada", Uint8Array.of(1))),
    );
    expect(readdirSync(folder)).toEqual(["keys"]);
    expect(statSync(join(folder, "keys")).mode & 0o777).toBe(0o600);
    keys.forgetSecret("share");
    expect(openKeyStore(folder).secret("share")).toBeUndefined();
    keys.forgetKey("root:ada");
    expect(openKeyStore(folder).publicKey("root:ada")).toBeUndefined();
  });

  it("is made in a folder that is not there yet", () => {
    const folder = join(newFolder(), "a", "b");
    openKeyStore(folder).create("root:ada");
    expect(openKeyStore(folder).publicKey("root:ada")).toBeDefined();
  });

  it.skipIf(process.platform === "win32")("is refused when others may read or write it", () => {
    const folder = newFolder();
    openKeyStore(folder).create("root:ada");
    for (const mode of [0o640, 0o604, 0o620]) {
      chmodSync(join(folder, "keys"), mode);
      expect(reason(() => openKeyStore(folder))).toBe("wide-mode");
    }
    chmodSync(join(folder, "keys"), 0o400);
    expect(reason(() => openKeyStore(folder))).toBe("opened");
  });

  it("is refused when any byte of it is another, or it is cut short", () => {
    const folder = newFolder();
    const file = join(folder, "keys");
    openKeyStore(folder).create("root:ada");
    const whole = readFileSync(file);
    for (let at = 0; at < whole.length; at += 1) {
      const altered = Buffer.from(whole);
      altered[at] = (altered[at] ?? 0) ^ 1;
      writeFileSync(file, altered);
      expect(reason(() => openKeyStore(folder))).toBe("damaged");
      writeFileSync(file, whole.subarray(0, at));
      expect(reason(() => openKeyStore(folder))).toBe("damaged");
    }
  });

  it("of a later version is refused", () => {
    const folder = newFolder();
    const body = encodeCanonical({ v: 2, keys: {}, secrets: {} });
    const bytes = Buffer.concat([Buffer.from("parley.keys\n"), blake3(body), body]);
    writeFileSync(join(folder, "keys"), bytes, { mode: 0o600 });
    expect(reason(() => openKeyStore(folder))).toBe("unknown-version");
  });

  it("stays out of what Node shows of the store and of its errors", () => {
    const folder = newFolder();
    const keys = openKeyStore(folder);
    keys.create("root:ada");
    expect(inspect(keys, { depth: 9, showHidden: true })).toBe("KeyStore {}");
  });
});
