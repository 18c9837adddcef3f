/** The help that `efface --help` prints. */
export const USAGE = `Efface removes the face and the names from head CT and MR scans, on this machine.

  efface inspect INPUT... [--json]
      What is in there, and what would be done with it. Changes nothing.

  efface deface INPUT... --out DIR | --out FILE.zip [options]
      Removes faces and names; writes new files and a report beside them.

  efface match PROBE --gallery DIR [--same PATH] [--json]
      At which rank the person of PROBE is found among the undefaced scans of DIR, by skin alone.
      --same names that person's scan in DIR (default: the one called like PROBE): who an unknown
      scan shows is never told. Not for real people without the right to do so.

  efface serve [--port N] [--no-open]
      The page, on http://localhost.

INPUT is a file (DICOM, NIfTI, ZIP) or a folder, which is searched.

Options of deface
  --out PLACE            a new or empty folder, or a new file that ends in .zip
  --regions LIST         face,ears (as is), eyes, teeth, scalp
  --depth DEPTH          how much of the face goes. Of 62 people, someone who knows how it works
                         named again (chance 1.6 %), and tissue that goes (median):
           shallow         24 %, 450 ml: a shell 10 to 24 mm under the skin, random by the key;
                           for those who need deep tissue of the face
           standard         3 %, 590 ml: all in front of a wall that does not follow the skin
           deep             3 %, 890 ml: the whole face zone, back to the airway
  --mask                 write beside each series what was removed
  --deid basic|none      names and other identifiers in headers (basic)
  --key FILE             the project's own key (16 bytes or more): the same pseudonyms and
                         shells in every run; keep it secret
  --accept-review        write series that a person should look at, too
  --approved-by-policy TEXT
                         approves what is written; the report holds the text
  --force                replace files that exist
  --quiet                no progress, only the result
  --json                 one JSON document on standard output
  --backend wasm         where the network runs

Ends with 0: all heads defaced and written; 1: something was refused, failed or withheld
(the rest is written); 2: the command was not understood; 3: nothing to deface;
130: cancelled (nothing is left behind).
Of match 1 also means: it does not find people in this gallery even undefaced.
`;
