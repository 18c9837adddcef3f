import type * as en from '../en/save.ts';
import type { Translated } from '../language.svelte.ts';

export const save: Translated<typeof en.save> = {
  title: 'Speichern',
  nothing: 'Es wurde nichts freigegeben',
  nothingHelp:
    'Nur freigegebene Serien werden geschrieben. Gehen Sie zurück und sehen Sie noch einmal nach, oder öffnen Sie etwas anderes.',
  ready: (n) => (n === 1 ? '1 freigegebene Serie' : `${n} freigegebene Serien`),
  lead: 'Neue Dateien werden geschrieben, zurückgelesen und verglichen. Ihre Originale bleiben, wie sie sind, wenn Sie sie nicht ersetzen lassen.',
  zip: 'Als ZIP speichern',
  folder: 'In Ordner speichern',
  inPlace: 'Originale ersetzen',
  folderHint: 'Dieser Browser kann nicht in einen Ordner schreiben. Speichern Sie als ZIP.',
  mask: 'Auch den entfernten Bereich als Maske speichern',
  writing: 'Wird geschrieben',
  reportName: 'efface-report.json',
  report: 'Bericht',
  reportHint: 'Was getan wurde, mit allen Zahlen; er nennt niemanden.',
  doneZip: 'Das ZIP liegt bei Ihren Downloads.',
  doneFolder: 'Der Ordner wurde geschrieben.',
  figures: (series, files) =>
    `${series} ${series === 1 ? 'Serie' : 'Serien'}, ${files} ${files === 1 ? 'Datei' : 'Dateien'}, zurückgelesen und verglichen.`,
  withheld: (n) =>
    n === 1 ? '1 Serie wurde zurückgehalten:' : `${n} Serien wurden zurückgehalten:`,
  lookAgain: 'Noch einmal ansehen',
  decisions: 'Entscheidungen',
  startOver: 'Andere Scans öffnen',
};
