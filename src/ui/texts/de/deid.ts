import type * as en from '../en/deid.ts';
import type { Translated } from '../language.svelte.ts';

export const deid: Translated<typeof en.deid> = {
  more: (kept, hasKey) =>
    [
      'Was bleiben soll, Projektschlüssel',
      kept ? `${kept} behalten` : '',
      hasKey ? 'Schlüssel in Gebrauch' : '',
    ]
      .filter((part) => part !== '')
      .join(' · '),
  title: 'Trotzdem behalten',
  option: {
    dates: 'Daten, wie sie sind',
    'shifted-dates': 'Daten, um Wochen verschoben',
    patient: 'Geschlecht, Alter, Größe, Gewicht',
    device: 'Gerät',
    institution: 'Einrichtung',
    uids: 'UIDs',
    private: 'Sichere private Elemente',
    descriptors: 'Beschreibungen',
  },
  hint: {
    dates: 'Tage und Uhrzeiten der Untersuchung; nie das Geburtsdatum.',
    'shifted-dates':
      'Alle Daten einer Person rücken um gleich viele Wochen zurück; Uhrzeiten bleiben.',
    patient: 'Alter über 89 wird 090Y; das Geburtsdatum wird immer entfernt.',
    device: 'Seriennummer, Station und Ähnliches.',
    institution: 'Name, Adresse und Abteilung.',
    uids: 'Wer die Originaldateien hat, kann sie hieran wiederfinden.',
    private:
      'Zahlen, die sagen, wie das Bild aufgenommen wurde: Diffusion, Zeitpunkte der Schichten, Skalierung.',
    descriptors: 'Nur, wo jedes Wort technisch ist; sehen Sie sie in der Tabelle des Headers an.',
  },
};

export const key: Translated<typeof en.key> = {
  title: 'Projektschlüssel',
  explain:
    'Derselbe Schlüssel ergibt bei jedem Lauf dieselben Pseudonyme, UIDs, verschobenen Daten und zufälligen Schalen. Wer ihn hat, kann Personen wiederfinden: Halten Sie ihn geheim und getrennt von dem, was Sie weitergeben.',
  none: 'Kein Schlüssel: Pseudonyme sind in jeder Sitzung neu.',
  set: 'Ihr Schlüssel ist in Gebrauch, nur im Arbeitsspeicher.',
  choose: 'Schlüsseldatei wählen',
  make: 'Schlüssel erzeugen und speichern',
  forget: 'Schlüssel vergessen',
};
