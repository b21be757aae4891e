export const usage = `parley <command> [options]

  check FILE…        Check protocols, folders or - ; lists every problem; --fix mends what can be mended,
                     --explain shows the conditions of theorem packs, --config FILE names a parley.json
  project FILE       What each role does; --format json prints the golden form
                     (project, run and draw find imports beside FILE; --import DIR adds a folder)
  run FILE           Run a protocol; --choose first|random, --scenario FILE, --script FILE, --family W=3
  simulate FILE      Run a protocol in a world that goes wrong; --scenario S.toml, --seeds 1..100,
                     --param KEY=1,2,3, --jobs N, --junit OUT.xml, --minimise OUT.toml, --save OUT.toml
  fmt FILE…          Format; --check only says which files would change, --upgrade rewrites older forms
  draw FILE          A picture; --as svg|mermaid|dot|json, --view sequence|roles|automaton,
                     --role R, --unfold W=3, --theme auto|light|dark, -o OUT
  compat OLD NEW     Whether old peers understand new ones; --role R, --reference
  lsp                Serve the language to an editor (LSP on standard input and output)
  explore FILE       Every run of a protocol: deadlocks, buffers, progress; --bound K, --states N
  topology FILE      Check a topology file; --for PROTOCOL.tell against its roles, --print
  conformance DIR    Run every case of a conformance folder
  replay FILE        Verify an exported session, entry by entry
  serve              Start the studio; --port N, --data FOLDER
  backup FILE        Copy the studio's data to a file; --data FOLDER
  restore FILE       Make a data folder from such a file; --data FOLDER
  rebuild            Make the derived tables again and compare; --data FOLDER

  --format pretty|json   (default pretty; check also knows sarif)

Exit status: 0 all well, 1 findings, 2 wrong usage.`;
