import type { Translated } from '../language.svelte.ts';
import type { correct as english } from '../en/correct.ts';

export const correct: Translated<typeof english> = {
  title: 'Von Hand korrigieren',
  region: 'Korrigieren',
  lead: 'Malen Sie aus, was weg soll, radieren Sie, was bleiben soll, und übernehmen Sie es. Das Ergebnis wird neu gemessen.',
  toolbar: 'Korrekturwerkzeuge',
  tools: { brush: 'Pinsel', eraser: 'Radierer', scissors: 'Schere', protect: 'Schützen' },
  undo: 'Rückgängig',
  redo: 'Wiederholen',
  reset: 'Zurücksetzen',
  hints: {
    brush: 'Fügt zum Entfernten hinzu. Mit der Umschalttaste radiert er.',
    eraser: 'Nimmt aus dem Entfernten heraus. Mit der Umschalttaste fügt er hinzu.',
    scissors: 'Umfahren Sie einen Teil und lassen Sie los.',
    protect:
      'Was Sie ausmalen, bleibt, was auch sonst geschieht: Elektroden, eine Läsion. Mit der Umschalttaste wird es wieder frei.',
  },
  shape: 'Form',
  shapes: { disc: 'Auf dieser Schicht', sphere: 'Kugel' },
  radius: 'Radius',
  mm: (n) => `${n} mm`,
  snips: 'Schere',
  snip: { cut: 'Inneres behalten', fill: 'Inneres entfernen' },
  reach: 'Durch',
  reaches: { all: 'Alle Schichten', slice: 'Diese Schicht' },
  protects: 'Schützen',
  protection: { on: 'Schützen', off: 'Wieder freigeben' },
  whole: 'Ganzer Bereich',
  grow: (mm) => `${mm} mm größer`,
  shrink: (mm) => `${mm} mm kleiner`,
  scan: 'Für diese Serie',
  margin: 'Rand',
  marginHint: 'Um das, was der Plan entfernt; Striche bleiben, wie sie sind.',
  guard: 'Hirnschutz',
  guardHolds:
    'Innerhalb der dünnen blauen Linie wird nichts entfernt, auch wo Sie malen. Gemalt und behalten: violett gestreift.',
  override: 'Schutz aufheben …',
  overridden: 'Aufgehoben: Was Sie innerhalb des Schutzes gemalt haben, wird entfernt.',
  restore: 'Schutz wieder gelten lassen',
  overrideTitle: 'Hirnschutz aufheben?',
  overrideText:
    'Wo Sie gemalt haben, ändern sich Voxel innerhalb von 5 mm um das Hirn oder das Hirn selbst. Das Ergebnis muss dann angesehen werden, und Ihr Grund steht im Bericht.',
  reason: 'Grund',
  reasonHint:
    'Mindestens 5 Buchstaben. Schreiben Sie keinen Namen: Der Bericht liegt bei den Dateien.',
  overrideYes: 'Aufheben',
  overrideNo: 'Gelten lassen',
  counts: {
    added: 'Von Hand hinzugefügt',
    left: 'Von Hand behalten',
    protectedVoxels: 'Geschützt',
    held: 'Vom Hirnschutz behalten',
  },
  ml: (ml) => `${ml} ml`,
  kept: 'Korrekturen dieses Scans bleiben in diesem Browser, als Maskenabschnitte ohne Namen, bis Sie sie zurücksetzen oder unter Datenschutz löschen.',
  notKept:
    'Dieser Browser lässt die Seite keine Korrekturen aufbewahren: Beim Neuladen gehen sie verloren.',
  keys: 'B, E, S und P wählen Werkzeuge, [ und ] den Radius. Die Leertaste malt am Kreuz, Umschalt mit Pfeil bewegt es. 6 bis 9 drehen den Kopf; ein Klick darauf setzt das Kreuz dorthin. Esc verlässt die Ansicht.',
  apply: 'Übernehmen',
  skin: {
    old: 'Wird neu gezeichnet',
    coarse: 'Nach dem Schnitt, grob',
    fine: 'Nach dem Schnitt',
  },
  leave: 'Zurück',
  nothing: 'Noch nichts zu übernehmen',
  doing: {
    open: 'Wird vorbereitet',
    recut: 'Wird neu geplant',
    apply: 'Korrekturen werden übernommen',
  },
  leaving: {
    title: 'Was wird aus Ihren Strichen?',
    text: 'Was Sie gemalt haben, ist noch nicht im Ergebnis.',
    kept: 'Behalten wartet es in diesem Browser: Die Zeile des Scans sagt es, und „Korrigieren“ macht damit weiter.',
    notKept: 'Dieser Browser kann es nicht über diesen Besuch der Seite hinaus behalten.',
    forgets:
      'Nicht gespeicherte Ergebnisse werden vergessen. Ihre eigenen Dateien bleiben unberührt.',
    stay: 'Hier bleiben',
    discard: 'Verwerfen',
    keep: 'Für später behalten',
    apply: 'Übernehmen',
  },
  waiting:
    'Striche von Ihnen warten: Sie sind aufgehoben, aber in keinem Ergebnis. „Korrigieren“ macht damit weiter.',
  restored: {
    what: 'Korrekturen dieses Scans wurden gefunden und übernommen.',
    why: 'Sie haben sie bei einem früheren Besuch dieser Seite auf diesem Gerät gemacht.',
    todo: 'Sehen Sie das Ergebnis an; „Korrigieren“ und „Zurücksetzen“ nehmen sie zurück.',
  },
  done: 'Korrigiert und neu gemessen. Geben Sie es frei, wenn Sie es angesehen haben.',
};
