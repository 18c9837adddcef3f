import type * as en from '../en/series.ts';
import type { Translated } from '../language.svelte.ts';

export const series: Translated<typeof en.series> = {
  title: (scans) => (scans === 1 ? '1 Serie zu bearbeiten' : `${scans} Serien zu bearbeiten`),
  none: 'Keine Serie, in der ein Gesicht zu entfernen wäre',
  noneHelp:
    'Unten steht, was gefunden und warum es ausgelassen wurde. Oder öffnen Sie etwas anderes.',
  summary: (included, left, skipped) =>
    [
      `${included} einbezogen`,
      left > 0 ? `${left} ausgelassen` : '',
      skipped > 0 ? `${skipped} ${skipped === 1 ? 'Datei' : 'Dateien'} übersprungen` : '',
    ]
      .filter(Boolean)
      .join(' · '),
  list: 'Serien',
  look: (title) => `${title} ansehen`,
  include: 'Einbeziehen',
  anyway: {
    chip: 'Einbezogen mit Gesicht',
    title: 'Mit Gesicht einbeziehen?',
    risk: 'Efface entfernt aus diesen Bildern kein Gesicht. Übersichtsaufnahmen zeigen das Profil; Reformatierungen, 3D-Darstellungen und Fotos können das ganze Gesicht zeigen. Nur Namen und Nummern im Header werden entfernt.',
    mark: 'Es wird geschrieben, wie es ist, nicht als gesichtslos gekennzeichnet, und der Bericht warnt davor. Sehen Sie sich jedes Bild an, bevor Sie es weitergeben.',
    no: 'Auslassen',
    yes: 'Trotzdem einbeziehen',
  },
  untitled: 'Ohne Beschreibung',
  leftOut: 'Ausgelassen',
  refused: 'Nicht möglich',
  skipped: (n) => `Übersprungene Dateien (${n})`,
  skippedList: 'Übersprungene Dateien',
  patient: (patient, visit) => `Patient ${patient}, Untersuchung ${visit}`,
  files: (n) => (n === 1 ? '1 Datei' : `${n} Dateien`),
  head: { yes: 'Kopf', no: 'Kein Kopf zu sehen', unknown: 'Kopf noch nicht geprüft' },
  plan: (regions) => `Entfernt wird: ${listed(regions)}.`,
  planNoHead: 'Das Netz sieht hier keinen Kopf. Beim Entfernen wird noch einmal nachgesehen.',
  notIncluded: 'Nicht einbezogen: Wird nicht geschrieben.',
  thumbnail: 'Sagittale Vorschau',
  openMore: 'Anderes öffnen',
  more: (n) => `und ${n} weitere`,
  ready: (n) => (n === 1 ? '1 Ergebnis ist fertig.' : `${n} Ergebnisse sind fertig.`),
  toReview: 'Zu den Ergebnissen',
};

export const status: Translated<typeof en.status> = {
  waiting: 'Wartet',
  running: 'In Arbeit',
  done: 'Zu prüfen',
  look: 'Genau ansehen',
  approved: 'Freigegeben',
  rejected: 'Verworfen',
  refused: 'Gesicht nicht entfernt',
  failed: 'Durch Fehler beendet',
};

/** `Gesicht, Ohren und Augen`. */
function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? 'nichts';
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} und ${last}` : last;
}
