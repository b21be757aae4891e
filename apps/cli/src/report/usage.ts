export const usage = `parley <command> [options]

  check FILE…        Check protocols; lists every problem
  project FILE       What each role does; --format json prints the golden form
  run FILE           Run a protocol; --choose first|random, --scenario FILE, --family W=3
  fmt FILE…          Format; --check only says which files would change
  draw FILE          A picture; --as svg|mermaid|dot|json, --view sequence|roles|automaton,
                     --role R, --unfold W=3, --theme auto|light|dark, -o OUT
  conformance DIR    Run every case of a conformance folder
  replay FILE        Verify an exported session, entry by entry
  serve              Start the studio; --port N, --data FOLDER
  backup FILE        Copy the studio's data to a file; --data FOLDER
  restore FILE       Make a data folder from such a file; --data FOLDER
  rebuild            Make the derived tables again and compare; --data FOLDER

  --format pretty|json   (default pretty)

Exit status: 0 all well, 1 findings, 2 wrong usage.`;
