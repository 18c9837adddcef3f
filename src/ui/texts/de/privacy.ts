import type * as en from '../en/privacy.ts';
import type { Translated } from '../language.svelte.ts';

export const privacy: Translated<typeof en.privacy> = {
  title: 'Datenschutz',
  lead: 'Was diese Seite mit Ihren Scans macht und wie Sie es selbst prüfen können.',
  count: {
    title: 'Anfragen, seit diese Seite geladen wurde',
    own: (n) => `${n} dorthin, wo die Seite herkommt`,
    foreign: (n) => `${n} irgendwohin sonst`,
    detail:
      'Vom Browser gezählt, laufend. Die erste Zahl sind die eigenen Dateien der Seite: ihr Code, das Netz und seine Gewichte. Sie wächst, wenn ein Teil der Seite zum ersten Mal benutzt wird. Die zweite muss 0 bleiben. Anfragen von Hintergrundprozessen sind nicht alle darin; die Netzwerkanalyse des Browsers zeigt auch sie.',
  },
  sections: [
    {
      title: 'Nichts wird gesendet',
      text: 'Dateien werden in diesem Tab gelesen, geändert und geschrieben. Es gibt keinen Server, der sie empfangen könnte, kein Konto, kein Cookie, keine Statistik, keinen Fehlerbericht.',
    },
    {
      title: 'Die Regeln, in Worten',
      text: 'Die Seite trägt eine Content-Security-Policy, die der Browser selbst durchsetzt. Nichts ist erlaubt, was nicht genannt ist. Genannt sind: Skripte, Stile, Schriften und Hintergrundprozesse von der eigenen Adresse der Seite; WebAssembly, in dem das Netz läuft; Bilder von dort oder im Tab gemachte. Verbindungen gehen nur zur eigenen Adresse der Seite. Formulare können nirgendwohin gesendet werden, und keine andere Seite kann diese einrahmen.',
    },
    {
      title: 'Wie Sie das prüfen',
      text: 'Einige Sekunden nach dem ersten Besuch ist die Seite gespeichert: Schalten Sie den Flugmodus ein, laden Sie neu und arbeiten Sie. Alles geht. Oder öffnen Sie beim Arbeiten die Netzwerkanalyse des Browsers (F12): Darin stehen nur Dateien der Seite selbst, die hereinkommen.',
    },
    {
      title: 'Was Efface nicht verspricht',
      text: 'Es senkt das Risiko; es macht einen Scan nicht anonym. Andere Serien derselben Untersuchung, Freitext, eingebrannte Buchstaben, der Schädel, die Zähne und das Gehirn selbst können noch auf eine Person zeigen. Efface behauptet nicht, HIPAA oder DSGVO zu erfüllen, und ist kein Medizinprodukt.',
    },
  ],
  kept: {
    title: 'Was auf diesem Gerät bleibt',
    columns: ['Was', 'Wo', 'Bis'],
    rows: [
      ['Scans', 'Speicher dieses Tabs', 'Sie beginnen neu oder schließen den Tab'],
      [
        'Ergebnisse, damit ein Neuladen sie nicht verliert',
        'Private Dateien dieses Browsers, versiegelt mit einem Schlüssel, den nur dieser Tab hat',
        'Sie beginnen neu oder löschen sie; ist der Tab geschlossen, kann sie niemand mehr lesen, und der nächste Start entfernt sie',
      ],
      [
        'Entscheidungen: freigegeben, verworfen, ausgelassen, zugelassen; zu jeder ein Hash der Dateien und des Ergebnisses, kein Name',
        'Neben den Ergebnissen, mit demselben Schlüssel versiegelt',
        'Solange wie die Ergebnisse; eine Entscheidung zählt nur für genau dieselben Dateien und dasselbe Ergebnis',
      ],
      [
        'Ein ZIP, während es geschrieben wird',
        'Speicher, den der Browser in eine eigene temporäre Datei auslagern kann',
        'Es ist gespeichert und der Tab geschlossen',
      ],
      [
        'Die Seite selbst, ohne jeden Scan',
        'Cache dieses Browsers, um ohne Netz zu arbeiten',
        'Eine neuere Version kommt, oder Sie löschen sie',
      ],
      [
        'Korrekturen von Hand: Abschnitte einer Maske unter einem Hash des Scans, keine Voxel, kein Name',
        'Private Dateien dieser Adresse (OPFS)',
        'Sie setzen sie im Scan zurück oder löschen sie hier',
      ],
      [
        'Farbschema, Sprache, was entfernt und im Header behalten werden soll und wie Bilder gezeigt werden',
        'Local Storage',
        'Sie löschen es',
      ],
    ],
    clear: 'Löschen, was hier bleibt',
    clearing: 'Wird gelöscht',
    cleared: (caches, files, settings) =>
      `Gelöscht: ${caches} Caches, ${files} Dateien, ${settings} Einstellungen. Offene Scans bleiben offen; Ergebnisse müssen neu gemacht und neu entschieden werden; beim nächsten Besuch braucht die Seite ihren Server.`,
    failed:
      'Nicht alles konnte gelöscht werden. Die Einstellungen Ihres Browsers können es: Websitedaten dieser Adresse.',
  },
};
