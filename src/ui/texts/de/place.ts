import type * as en from '../en/place.ts';
import type { Translated } from '../language.svelte.ts';

export const place: Translated<typeof en.place> = {
  undo: 'Ersetzte Originale',
  folder: '_efface-undo-do-not-share',
  unfinished: 'In diesem Ordner wurde begonnen, Originale zu ersetzen, und nicht zu Ende geführt',
  unfinishedText:
    'Einige Dateien können neu und einige alt sein. Setzen Sie es fort oder stellen Sie die Originale wieder her; danach wird der Ordner geöffnet.',
  kept: 'Die Originale dieses Ordners sind aufbewahrt',
  keptText:
    'Sie liegen in seinem Ordner _efface-undo-do-not-share, mit Gesichtern und Namen. Prüfen Sie das Ergebnis; dann löschen Sie sie oder stellen sie wieder her.',
  damaged: 'Der Sicherungsordner in diesem Ordner ist nicht zu verstehen',
  damagedText:
    'Sein Protokoll fehlt. Kopieren Sie die Originale aus seinem Ordner „backup“ von Hand, bevor Sie ihn löschen.',
  erasure:
    'Löschen ist kein sicheres Vernichten: Datenträger, Snapshots, Sicherungen und Cloud-Ordner können Kopien behalten. Ziehen Sie einen Datenträger nicht gleich nach dem Speichern ab.',
  resume: 'Fortsetzen',
  rollBack: 'Originale wiederherstellen',
  finish: 'Abschließen: Sicherungen löschen',
  working: 'Am Ordner wird gearbeitet',
  recovered: {
    resume: (placed, back) => `Fortgesetzt: ${visits(placed)} neu, ${visits(back)} wie zuvor.`,
    'roll-back': () => 'Wiederhergestellt: Alles ist, wie es war.',
    finish: () => 'Abgeschlossen: Die Sicherungen wurden gelöscht.',
  },
  dialog: {
    title: 'Originale ersetzen?',
    what: (series, folder) =>
      `Die Dateien von ${series === 1 ? '1 freigegebenen Serie' : `${series} freigegebenen Serien`} in „${folder}“ werden durch die ohne Gesicht ersetzt.`,
    how: 'Zuerst werden neue Dateien geschrieben und geprüft; kein Original wird berührt, bevor alle stimmen. Eine Untersuchung wird ganz ersetzt oder gar nicht.',
    backup:
      'Die Originale, mit Gesichtern und Namen, kommen in den Ordner _efface-undo-do-not-share und bleiben dort, bis Sie „Abschließen: Sicherungen löschen“ drücken.',
    names: 'Datei- und Ordnernamen, die den Patienten verraten',
    nameChoices: {
      refuse: 'Anhalten und mir sagen',
      rename: 'Neutrale Namen geben',
      keep: 'Behalten',
    },
    rest: 'Eine Untersuchung ersetzen, obwohl andere Dateien von ihr bleiben, wie sie sind',
    restHint:
      'Einige Dateien werden nicht geschrieben: Serien, die nicht freigegeben oder ausgelassen wurden, und Dateien, die nicht zu lesen waren. Sie können Gesicht oder Namen zeigen, und eine Untersuchung mit ihnen ist nicht als Ganzes ohne Gesicht.',
    yes: 'Originale ersetzen',
    no: 'Jetzt nicht',
  },
  hint: {
    noFolder: 'Nur für einen Ordner, der mit „Ordner öffnen“ in Chrome oder Edge geöffnet wurde.',
    kept: 'In diesem Ordner sind noch die Originale eines früheren Speicherns aufbewahrt: Schließen Sie es zuerst ab oder stellen Sie sie wieder her.',
  },
  done: 'Die Originale wurden ersetzt.',
  nothing: 'Es wurde nichts ersetzt.',
};

function visits(n: number): string {
  return n === 1 ? '1 Untersuchung' : `${n} Untersuchungen`;
}
