import type * as en from '../en/help.ts';
import type { Translated } from '../language.svelte.ts';

export const help: Translated<typeof en.help> = {
  title: 'Hilfe',
  keys: 'Tasten',
  mouse: 'Maus',
  version: (version) => `Version ${version}`,
  notDevice: 'Efface ist kein Medizinprodukt. Befunden Sie damit keine Scans.',
  keyRows: [
    ['?', 'Hilfe'],
    ['A', 'Freigeben'],
    ['R', 'Verwerfen'],
    ['U', 'Letzte Entscheidung zurücknehmen (auch Strg+Z)'],
    ['N  P', 'Nächste, vorige Serie'],
    ['F', 'Halten: das Original an der Stelle des Ergebnisses sehen'],
    ['M', 'Entfernten Bereich zeigen oder verbergen'],
    ['1 – 5', 'CT-Fenster: Weichteile, Lunge, Leber, Knochen, Gehirn'],
    ['0', 'Ansicht zurücksetzen'],
    ['↑ ↓', 'Schicht für Schicht im gewählten Bild'],
    ['Bild ↑ ↓', 'Zehn Schichten'],
    ['+  −', 'Zoom'],
    ['← →', 'Köpfe drehen (3D)'],
    ['Eingabe', 'Das gewählte Bild vergrößern; noch einmal: zurück'],
  ],
  mouseRows: [
    ['Rad', 'Schicht für Schicht'],
    ['Links ziehen', 'Helligkeit und Kontrast (Fenster)'],
    ['Klick', 'Das Kreuz bewegen und mit ihm alle Ebenen'],
    ['Mitte ziehen', 'Das Bild verschieben'],
    ['Rechts ziehen', 'Zoom'],
    ['Doppelklick', 'Vergrößern; noch einmal: zurück'],
  ],
};

export const update: Translated<typeof en.update> = {
  title: 'Eine neuere Version von Efface liegt bereit.',
  text: 'Sie wurde von dort geladen, wo die Seite herkommt. Der Wechsel lädt die Seite neu: Was nicht gespeichert ist, geht verloren.',
  now: 'Jetzt neu laden',
  later: 'Später',
};
