/** The help that `efface --help` prints. */
export const USAGE = `Efface removes the face and the names from head CT and MR scans, on this machine.

  efface inspect INPUT... [--json]
      What is in there, and what would be done with it. Changes nothing.
      With --header what would become of each header element, and by which rule; takes
      --deid, --retain, --shift-dates and --key. It shows names: for your eyes only.

  efface deface INPUT... --out DIR | --out FILE.zip [options]
      Removes faces and names; writes new files and a report beside them.

  efface deface INPUT... --in-place [--resume | --roll-back | --finish] [options]
      The same, in the place of the originals; these are kept until --finish.

  efface crosswalk FILE
      Opens a crosswalk and prints it: who is who.

  efface match PROBE --gallery DIR [--same PATH] [--json]
      At which rank the person of PROBE is found among the undefaced scans of DIR, by skin alone.
      --same names that person's scan in DIR (default: the one called like PROBE): who an unknown
      scan shows is never told. Not for real people without the right to do so.

  efface serve [--port N] [--no-open]
      The page, on http://localhost.

INPUT is a file (DICOM, NIfTI, ZIP) or a folder, which is searched.

Options of deface
  --out PLACE            a new or empty folder, or a new file that ends in .zip
  --regions LIST         face,ears (default), eyes, teeth, scalp
  --depth DEPTH          how much of the face goes. Of 61 people, an attacker with scans of them
                         named again (chance 1.6 %), and tissue that goes (median):
           shallow         13 %, 570 ml: a shell 10 to 24 mm under the skin, random by the key;
                           for those who need deep tissue of the face
           standard         3 %, 650 ml (default): all in front of a wall that does not follow the skin
           deep             3 %, 1090 ml: the whole face zone, back to the airway
  --method METHOD        what the removed region becomes. Of 24 people, named again by the skin
                         (chance 4 %):
           blank           8 %: air (default)
           noise           8 %: air with the noise of the scan's own, so that no rim shows
           reface          4 %: the average face of made heads, for tools that expect a face
           reface-random  13 %: a made-up person drawn by the key, the same for all scans of
                                a patient
           blur, pixelate 67 %, 75 %: a coarser face, for comparison; published attacks undo
                                them, and every result is one to look at
  --in-place             replace the originals. They are kept in _efface-undo-do-not-share
                         beside them: do not share that folder
           --resume        go on with what was interrupted
           --roll-back     put the originals back
           --finish        delete the kept originals (no secure erasure)
           --rename        give files and folders whose names identify neutral names
           --keep-names    keep such names; without either, the command stops there
           --leave-rest    replace what can be although other files of the visit stay
  --mask                 write beside each series what was removed
  --deid basic|none      names and other identifiers in headers (basic)
  --retain LIST          keeps with basic: dates, patient (sex, age up to 90, size, weight),
                         device, institution, uids, private (safe elements that say how the
                         image was acquired), descriptors (technical text only)
  --shift-dates          dates move by whole weeks, by person and key, in place of going
  --key FILE             the project's own key (16 bytes or more): the same pseudonyms and
                         shells in every run; keep it secret
  --ids FILE.csv         new patient IDs: lines of "old ID,new ID"; keyed ones for the rest
  --crosswalk FILE       who became whom, sealed by a passphrase (from the terminal or
                         EFFACE_PASSPHRASE); never inside the output
  --accept-review        write series that a person should look at, too
  --approved-by-policy TEXT
                         approves what is written; the report holds the text
  --include REASON|N     write what is left out for this reason (dicom/localizer …), or series N of
                         inspect, too: without names, but with its face; look at it first
  --jobs N               series worked on at once (1): each by a process with a network of its
                         own, about 1 GB and twice the largest scan; the same files as with 1
  --resume               with --out DIR: give it from the start, and a run that was stopped or
                         killed goes on where it was when the same command is given again.
                         Until then a hidden folder of DIR keeps packed results (and, without
                         --key, the key of the run): do not share it
  --force                replace files that exist
  --quiet                no progress, only the result
  --json                 one JSON document on standard output
  --backend wasm         where the network runs

Ends with 0: all heads defaced and written; 1: something was refused, failed or withheld
(the rest is written); 2: the command was not understood; 3: nothing to deface;
130: cancelled (nothing is left behind but, with --resume, what lets the command go on).
Of match 1 also means: it does not find people in this gallery even undefaced.
`;
