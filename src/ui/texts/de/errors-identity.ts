import type { identityErrors as english } from '../../../core/error-catalog-identity.ts';
import type { matcherErrors as englishMatcher } from '../../../core/error-catalog-matcher.ts';
import type { Sentences } from '../../../core/errors.ts';

export const identityErrors: Readonly<Record<keyof typeof english, Sentences>> = {
  'ids/damaged': {
    what: 'Die Liste neuer Patienten-IDs ist nicht zu verwenden (Zeile {line}).',
    why: 'Jede Zeile muss eine alte ID, ein Komma und eine neue ID aus Buchstaben, Ziffern, „-“, „_“ und „.“ sein.',
    todo: 'Berichtigen Sie die Liste und beginnen Sie neu.',
  },
  'ids/shared': {
    what: 'Zwei Patienten würden dieselbe neue ID bekommen.',
    why: 'Die Liste neuer Patienten-IDs vergibt eine ID zweimal, oder zwei Aussteller verwenden dieselbe alte ID.',
    todo: 'Geben Sie jedem Patienten eine eigene ID.',
  },
  'ids/echo': {
    what: 'Eine neue Patienten-ID verrät, wer der Patient ist.',
    why: 'Sie enthält eine alte ID oder ein Wort des Namens oder des Ortes.',
    todo: 'Wählen Sie neue IDs, die nichts von den alten haben.',
  },
  'key/too-short': {
    what: 'Der Schlüssel ist zu kurz.',
    why: 'Er braucht mindestens 16 Bytes oder 32 hexadezimale Ziffern.',
    todo: 'Lassen Sie Efface einen Schlüssel erzeugen oder wählen Sie eine andere Datei.',
  },
  'crosswalk/inside-output': {
    what: 'Die Zuordnungsliste läge in der Ausgabe.',
    why: 'Sie sagt, welcher Patient welcher ist, und die Ausgabe ist zum Weitergeben.',
    todo: 'Wählen Sie für sie eine Stelle außerhalb des Ausgabeordners.',
  },
  'crosswalk/write': {
    what: 'Die Zuordnungsliste konnte nicht geschrieben werden.',
    why: 'Die Datei gibt es schon, oder dort zu schreiben ist nicht erlaubt.',
    todo: 'Wählen Sie eine neue Datei in einem Ordner, in den geschrieben werden kann.',
  },
  'crosswalk/damaged': {
    what: 'Die Datei ist keine Zuordnungsliste von Efface, oder sie ist beschädigt.',
    why: 'Sie hat nicht die Form, die Efface schreibt.',
    todo: 'Suchen Sie eine andere Kopie von ihr.',
  },
  'crosswalk/passphrase': {
    what: 'Die Zuordnungsliste konnte nicht geöffnet werden.',
    why: 'Die Passphrase stimmt nicht, oder die Datei wurde geändert.',
    todo: 'Versuchen Sie die Passphrase noch einmal.',
  },
};

export const matcherErrors: Readonly<Record<keyof typeof englishMatcher, Sentences>> = {
  'match/no-head': {
    what: 'Diesen Scan kann der Abgleich nicht vergleichen.',
    why: 'Er zeigt keinen Kopf, dessen Lage zu finden wäre.',
    todo: 'Nehmen Sie ein CT oder MR eines Kopfes; Fotos werden abgelehnt.',
  },
  'match/no-volume': {
    what: 'Es gibt keinen Scan zum Vergleichen.',
    why: 'Der Abgleich vergleicht Kopfscans mit Kopfscans; Fotos und andere Bilder werden abgelehnt.',
    todo: 'Nehmen Sie einen Ordner mit DICOM oder eine NIfTI-Datei.',
  },
  'match/small-gallery': {
    what: 'Die Galerie ist zu klein ({people} Personen).',
    why: 'Ein Rang sagt nur unter anderen etwas.',
    todo: 'Nehmen Sie Scans mit Gesicht von mindestens zwei Personen; zwanzig oder mehr für einen Rang, der etwas bedeutet.',
  },
};
