import type * as en from '../en/queue.ts';
import type { Translated } from '../language.svelte.ts';

const series = (n: number): string => (n === 1 ? '1 Serie' : `${n} Serien`);

export const queue: Translated<typeof en.queue> = {
  visit: (patient, visit, n) => `Patient ${patient}, Untersuchung ${visit} · ${series(n)}`,
  noVisit: (n) => `Keiner Untersuchung zuzuordnen · ${series(n)}`,
  patientVisit: (patient, visit) => `Patient ${patient}, Untersuchung ${visit}`,
  up: (title) => `${title} nach oben`,
  down: (title) => `${title} nach unten`,
  remove: (title) => `${title} aus der Liste nehmen`,
  retry: 'Noch einmal versuchen',
  removed: (n) => `${series(n)} aus der Liste genommen: wird nicht bearbeitet, nicht geschrieben.`,
  bringBack: 'Zurückholen',
  totals: {
    label: 'Stand',
    done: (done, of) => `${done} von ${of} fertig`,
    heads: (n) => (n === 1 ? '1 Kopf' : `${n} Köpfe`),
    look: (n) => `${n} genau ansehen`,
    approved: (n) => `${n} freigegeben`,
    rejected: (n) => `${n} verworfen`,
    refused: (n) => `${n} nicht entfernt`,
    failed: (n) => `${n} durch einen Fehler beendet`,
    left: (text) => `Restzeit: ${text}`,
  },
  time: {
    unknown: 'vor der ersten fertigen Serie nicht bekannt',
    soon: 'weniger als eine Minute',
    minutes: (n) => (n === 1 ? 'etwa 1 Minute' : `etwa ${n} Minuten`),
    hours: (hours, minutes) =>
      minutes === 0 ? `etwa ${hours} h` : `etwa ${hours} h ${minutes} min`,
  },
  undo: 'Letzte Entscheidung zurücknehmen',
  earlier: {
    here: {
      what: (n) =>
        n === 1
          ? '1 Ergebnis dieses Tabs ist noch da, versiegelt.'
          : `${n} Ergebnisse dieses Tabs sind noch da, versiegelt.`,
      why: '',
      todo: 'Öffnen Sie dieselben Dateien noch einmal: Was getan war, wird samt Ihren Entscheidungen gefunden.',
    },
    files: (n) =>
      `Was Sie vor dem Neuladen zu ${series(n)} bestimmt haben, ist übernommen: ausgelassen, aus der Liste genommen oder zugelassen.`,
    waiting: (n) =>
      n === 1
        ? '1 Ergebnis war vor dem Neuladen freigegeben oder verworfen. Das gilt wieder, sobald „Gesichter entfernen“ dasselbe Ergebnis gefunden hat.'
        : `${n} Ergebnisse waren vor dem Neuladen freigegeben oder verworfen. Das gilt wieder, sobald „Gesichter entfernen“ dieselben Ergebnisse gefunden hat.`,
    holding: (n) =>
      n === 1
        ? '1 frühere Entscheidung gilt: Sie betraf genau dieses Ergebnis.'
        : `${n} frühere Entscheidungen gelten: Sie betrafen genau diese Ergebnisse.`,
    voided: (n) =>
      n === 1
        ? '1 Entscheidung gilt nicht mehr: Ergebnis oder Dateien sind nicht mehr dieselben. Bitte entscheiden Sie neu.'
        : `${n} Entscheidungen gelten nicht mehr: Ergebnisse oder Dateien sind nicht mehr dieselben. Bitte entscheiden Sie neu.`,
    kept: 'Versiegelt für diesen Tab aufbewahrt, bis Sie neu beginnen, ihn schließen oder löschen, was hier bleibt (Datenschutz).',
    holds: {
      what: 'Bereits entschieden.',
      why: 'Ihre frühere Entscheidung betraf genau dieses Ergebnis, Byte für Byte, und gilt.',
      todo: '',
    },
    void: {
      what: 'Ihre frühere Entscheidung gilt nicht mehr.',
      why: 'Sie betraf ein anderes Ergebnis: Dateien, Methode, Einstellungen, Korrekturen oder Netz haben sich geändert.',
      todo: 'Sehen Sie dieses Ergebnis an und entscheiden Sie neu.',
    },
  },
  sheet: {
    title: 'Alle Ergebnisse',
    lead: 'Die unsichersten zuerst, so wie sie nach dem Entfernen sind: die Haut von vorn und eine Schicht durch die Mitte. Die Pfeiltasten wählen, A gibt frei, R verwirft, Enter öffnet die ganze Prüfung.',
    bar: 'Über das gewählte Ergebnis entscheiden',
    open: 'Ganze Prüfung',
    onlyLook: 'Nur die genau anzusehenden',
    toSave: 'Zum Speichern',
    none: 'Nichts muss genau angesehen werden.',
  },
  questions: {
    title: 'Vor dem Speichern',
    text: 'Eine Untersuchung gilt nur dann als gesichtslos, wenn jede ihrer Serien bearbeitet wurde, keinen Kopf zeigt oder ausgelassen ist. Diese sind nichts davon; geschrieben werden sie nicht.',
    leave: (n) => `${series(n)} auslassen`,
    leaveAll: 'Alle auslassen',
    look: 'Zur Liste',
    hint: 'Beantworten Sie zuerst die Fragen oben.',
    why: {
      waiting: 'noch nicht bearbeitet',
      running: 'in Arbeit',
      done: 'noch nicht entschieden',
      refused: 'das Gesicht konnte nicht entfernt werden',
      failed: 'durch einen Fehler beendet',
    },
  },
};
