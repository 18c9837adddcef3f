import type * as en from '../en/shell.ts';
import type { Translated } from '../language.svelte.ts';

export const name: Translated<typeof en.name> = 'Efface';

export const shell: Translated<typeof en.shell> = {
  skip: 'Zum Inhalt',
  learn: 'Lernen',
  learnMore: 'Warum',
  privacy: 'Datenschutz',
  help: 'Hilfe',
  theme: 'Hell oder dunkel',
  language: 'Sprache',
  home: 'Efface, Startseite',
  local: 'Bleibt auf diesem Gerät',
  startOver: 'Neu beginnen',
  back: 'Zurück zu Ihren Scans',
  steps: {
    open: 'Öffnen',
    look: 'Ansehen',
    remove: 'Entfernen',
    check: 'Prüfen',
    save: 'Speichern',
  },
  stepsLabel: 'Schritte',
  preparing: 'Bilder werden vorbereitet',
  close: 'Schließen',
};

export const titles: Translated<typeof en.titles> = {
  open: 'Efface',
  look: 'Serien · Efface',
  remove: 'Gesichter werden entfernt · Efface',
  check: 'Prüfen · Efface',
  save: 'Speichern · Efface',
  learn: 'Lernen · Efface',
  privacy: 'Datenschutz · Efface',
};

export const leave: Translated<typeof en.leave> = {
  title: 'Neu beginnen?',
  text: 'Ergebnisse, die nicht gespeichert sind, werden vergessen. Ihre eigenen Dateien bleiben unberührt.',
  yes: 'Neu beginnen',
  no: 'Hier bleiben',
};

export const fault: Translated<typeof en.fault> = {
  what: 'Ein Fehler in Efface.',
  why: 'Es ist etwas geschehen, das nicht möglich sein sollte.',
  todo: 'Laden Sie die Seite neu und versuchen Sie es noch einmal; geschieht es wieder, melden Sie es mit der Version, die in der Hilfe steht.',
};

/** Names of what the page hands out. */
export const fileNames = {
  zip: 'efface.zip',
  key: 'efface-schluessel.txt',
} as const;
