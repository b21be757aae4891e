import { expect, test } from "vitest";
import { parseResourceScope, resourceText } from "./resource-scope.ts";
import { parseStoragePath, storagePathCovers } from "./storage-path.ts";

const uuid = "a1b2c3d4-e5f6-4789-abcd-ef0123456789";

test.each([
  ["a//b/", "a/b"],
  ["  /a ", "a"],
  ["a/*", "a/*"],
  ["*", "*"],
])("the path “%s” is “%s”", (text, path) => {
  expect(parseStoragePath(text)).toEqual({ ok: true, path });
});

test.each([
  ["", "Empty"],
  [" // ", "Empty"],
  ["a/../b", "TraversalSegment"],
  ["./a", "TraversalSegment"],
  ["a b", "InvalidCharacters"],
  ["a/\u0007", "InvalidCharacters"],
  ["a*", "InvalidWildcard"],
  ["a/**", "InvalidWildcard"],
  ["a/*/b", "WildcardNotTerminal"],
  ["*/*", "WildcardNotTerminal"],
])("“%s” is no path: %s", (text, error) => {
  expect(parseStoragePath(text)).toEqual({ ok: false, error });
});

test("a path covers itself; one that ends in a star also what is below", () => {
  expect(["a", "a/x", "a/x/y", "ab", "b"].map((other) => storagePathCovers("a/*", other))).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
  expect([storagePathCovers("a", "a"), storagePathCovers("a", "a/x"), storagePathCovers("*", "a/x")]).toEqual(
    [true, false, true],
  );
});

test.each([
  `/context/context-${uuid}/add_binding`,
  "/context/ctx:s-1/update_params",
  `/authority/authority-${uuid}/rotate`,
  "/authority/ada/update_tree",
  "/storage/ada/a/b",
])("%s names a resource, and is written as it was read", (text) => {
  const parsed = parseResourceScope(text);
  expect(parsed.ok && resourceText(parsed.scope)).toBe(text);
});

test.each([
  ["context/ctx:s-1/add_binding", "MissingLeadingSlash"],
  ["/", "MissingSegments"],
  ["/context", "MissingSegments"],
  ["/context/ctx:s-1", "MissingSegments"],
  ["/planet/earth/rotate", "UnknownScopeType"],
  ["/authority/context-x/rotate", "InvalidAuthorityId"],
  [`/authority/context-${uuid}/rotate`, "InvalidAuthorityId"],
  ["/context/a b/add_binding", "InvalidContextId"],
  [`/context/authority-${uuid}/add_binding`, "InvalidContextId"],
  ["/context/ctx:s-1/foo", "InvalidOperation"],
  ["/context/ctx:s-1/add_binding/more", "InvalidOperation"],
  ["/context/ctx:s-1/constructor", "InvalidOperation"],
  ["/storage/ada/a/../b", "InvalidStoragePath"],
  ["/storage/ada/", "InvalidStoragePath"],
])("%s names none: %s", (text, error) => {
  expect(parseResourceScope(text)).toEqual({ ok: false, error });
});
