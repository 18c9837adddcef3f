import type * as en from '../en/options.ts';
import type { Translated } from '../language.svelte.ts';

export const options: Translated<typeof en.options> = {
  title: 'Was entfernt wird',
  regions: 'Bereiche',
  region: {
    face: 'Gesicht',
    ears: 'Ohren',
    eyes: 'Augen',
    teeth: 'Zähne',
    scalp: 'Kopfhaut',
  },
  regionHint: {
    face: 'Haut und alles, was vor der Wand liegt',
    ears: 'Beide Ohrmuscheln',
    eyes: 'Auch die Augäpfel',
    teeth: 'Beide Kiefer',
    scalp: 'Haut von Stirn und Schädel',
  },
  depth: 'Tiefe',
  depths: { shallow: 'Flach', standard: 'Standard', deep: 'Tief' },
  depthHint: {
    shallow:
      'Eine Schale 10 bis 24 mm unter der Haut der Person; tiefes Gewebe bleibt und mit ihm etwas Ähnlichkeit. Von 61 Personen erkannte ein Angreifer, der Scans von ihnen hat, 13 % wieder (Zufall 1,6 %). Etwa 570 ml werden entfernt.',
    standard:
      'Alles vor einer glatten Wand, die der Haut der Person nicht folgt. Von 61 Personen erkannte ein Angreifer, der Scans von ihnen hat, 3 % wieder (Zufall 1,6 %). Etwa 650 ml werden entfernt.',
    deep: 'Das ganze Gesicht bis zu den Atemwegen. Von 61 Personen erkannte ein Angreifer, der Scans von ihnen hat, 3 % wieder (Zufall 1,6 %), nicht weniger als mit Standard. Etwa 1.090 ml werden entfernt; jedes dritte Ergebnis verlangt einen genauen Blick.',
  },
  method: 'Methode',
  methods: {
    blank: 'Leer: mit Luft füllen',
    noise: 'Rauschen: Luft wie im Scan',
    blur: 'Weichzeichnen: gröberes Gesicht (zum Vergleich)',
    pixelate: 'Verpixeln: Blöcke (zum Vergleich)',
    reface: 'Ersatzgesicht: der Durchschnitt',
    'reface-random': 'Ersatzgesicht: eine erfundene Person',
  },
  methodHint: {
    blank:
      'Entfernt alles vor dem Schnitt; man sieht, dass Luft eingesetzt wurde. Von 24 Personen wurden 8 % an der Haut wiedererkannt (Zufall 4 %).',
    noise:
      'Wie Leer, und im Rauschen der Luft zeigt sich kein Rand; wer mit dem Scan arbeitet, kann sie für gemessen halten. Von 24 Personen wurden 8 % an der Haut wiedererkannt (Zufall 4 %).',
    blur: 'Verdeckt nur Einzelheiten: Veröffentlichte Angriffe stellen weichgezeichnete Gesichter wieder her. Jedes Ergebnis muss angesehen werden. Von 24 Personen wurden 67 % an der Haut wiedererkannt (Zufall 4 %).',
    pixelate:
      'Verdeckt nur Einzelheiten: Veröffentlichte Angriffe sehen durch Blöcke hindurch. Jedes Ergebnis muss angesehen werden. Von 24 Personen wurden 75 % an der Haut wiedererkannt (Zufall 4 %).',
    reface:
      'Der Durchschnitt erfundener Köpfe steht auf der Wand, damit Programme, die ein Gesicht erwarten, eines finden; was man darin misst, bedeutet nichts. Von 24 Personen wurden 4 % an der Haut wiedererkannt (Zufall 4 %).',
    'reface-random':
      'Wie der Durchschnitt, aber mit einer Person, die der Projektschlüssel aus den erfundenen Köpfen zieht, in allen Scans eines Patienten dieselbe. Von 24 Personen wurden 13 % an der Haut wiedererkannt (Zufall 4 %).',
  },
  methodPicture: (method) => `Ein erfundener Kopf nach ${method}`,
  deid: 'De-Identifizierung',
  deids: { basic: 'Basis: Namen, IDs, Daten, UIDs', none: 'Keine: Header bleibt, wie er ist' },
  deidNone:
    'Der Header behält jeden Namen und jede Nummer. Wählen Sie das nur, wenn er schon de-identifiziert ist.',
  run: 'Gesichter entfernen',
  runHint:
    'Ihre Dateien bleiben, wie sie sind. Ergebnisse sind neue Dateien, die erst nach Ihrer Freigabe geschrieben werden.',
  nothingIncluded:
    'Beziehen Sie mindestens eine Serie ein und wählen Sie mindestens einen Bereich.',
};
