import type * as en from '../en/work.ts';
import type { Translated } from '../language.svelte.ts';

export const work: Translated<typeof en.work> = {
  title: 'Gesichter werden entfernt',
  removing: (n) => (n === 1 ? '1 Serie in Arbeit' : `${n} Serien in Arbeit`),
  progress: 'Fortschritt',
  cancel: 'Abbrechen',
  cancelling: 'Wird beendet',
  cancelled: 'Abgebrochen. Es wurde nichts geschrieben.',
  of: (n, count) => `Serie ${n} von ${count}`,
  stages: {
    read: 'Dateien werden gelesen',
    decode: 'Schichten werden dekodiert',
    find: 'Der Kopf wird gesucht',
    segment: 'Gesicht, Ohren und Gehirn werden gesucht',
    deface: 'Das Gesicht wird entfernt',
    check: 'Das Ergebnis wird geprüft',
    write: 'Dateien werden geschrieben',
    verify: 'Geschriebenes wird zurückgelesen',
  },
  starting: 'Beginnt',
  percent: (fraction) => `${Math.round(fraction * 100)} %`,
  lost: 'Die Arbeit ließ sich nicht beenden, deshalb wurde der Hintergrundprozess neu gestartet. Entfernen Sie die Gesichter noch einmal: Abgelegte Ergebnisse werden wiedergefunden, andere neu berechnet.',
};
