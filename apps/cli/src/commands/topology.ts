import { parseArgs } from "node:util";
import { checkTopologyFile, parse, parseTopologyFile, printTopologyFile } from "@parley/core";
import { locate, pretty } from "../report/diagnostics.ts";
import { FINDINGS, OK, UsageError } from "../report/exit.ts";
import { readFormat, readText } from "../report/input.ts";

/**
 * Checks a topology file: where the roles of a protocol live, how many there
 * are, how wide their channels. With `--for PROTOCOL.tell` also against that
 * protocol's roles and messages. `--print` writes it in its canonical form.
 */
export const topology = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { format: { type: "string" }, for: { type: "string" }, print: { type: "boolean" } },
  });
  const format = readFormat(values.format);
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw new UsageError("which file?");
  const source = readText(file);
  const read = parseTopologyFile(source);
  const protocol = values.for === undefined ? undefined : parse(readText(values.for)).file.protocol;
  if (values.for !== undefined && protocol === undefined)
    throw new UsageError(`there is no protocol in ${values.for}`);
  const against =
    read.topology === undefined || protocol === undefined ? [] : checkTopologyFile(read.topology, protocol);
  const diagnostics = [...read.diagnostics, ...against];
  const sound = diagnostics.every(({ severity }) => severity !== "error");
  if (values.print === true && read.topology !== undefined)
    process.stdout.write(printTopologyFile(read.topology));
  else if (format === "json")
    console.log(
      JSON.stringify(
        { file, verdict: sound ? "sound" : "errors", diagnostics: locate(source, diagnostics) },
        null,
        1,
      ),
    );
  else {
    if (diagnostics.length > 0) console.log(`${pretty(file, source, diagnostics)}\n`);
    console.log(`${file}: ${sound ? "sound" : "has errors"}`);
  }
  return sound ? OK : FINDINGS;
};
