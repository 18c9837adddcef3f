import type * as en from '../en/learn.ts';
import type { Translated } from '../language.svelte.ts';

export const learn: Translated<typeof en.learn> = {
  title: 'Warum ein Kopfscan ein Gesicht zeigt',
  kicker: (n, of) => `Schritt ${n} von ${of}`,
  next: 'Nächster Schritt',
  previous: 'Voriger Schritt',
  restart: 'Von vorn beginnen',
  print: 'Handzettel drucken',
  notes: 'Notizen zum Vortrag',
  nobody:
    'Diese Person gibt es nicht: auf diesem Gerät aus Zahlen gemacht, wie alle Köpfe dieser Lektion.',
  making: 'Der Kopf entsteht',
  makingStages: { read: 'Kopf wird geformt', decode: 'Kopf wird gescannt' },
  steps: {
    slices: {
      title: 'Ein Scan ist ein Stapel von Schichten',
      lead: 'Das ist ein CT eines Kopfes, wie ein Scanner es speichert: etwa 250 graue Bilder. Blättern Sie durch. Ist da ein Gesicht? Höchstens ein Umriss. Kaum jemand wüsste, wer das ist.',
      notes: [
        'Eine Minute. Lassen Sie jemanden blättern. Fragen Sie: Wer ist das?',
        'Zeigen Sie auf den Umriss in der sagittalen Schicht: Stirn, Nase, Lippen und Kinn sind eine dünne Linie.',
        'Die drei Bilder sind ein und dasselbe Volumen, in drei Richtungen geschnitten.',
      ],
    },
    skin: {
      title: 'Eine Schwelle macht ein Gesicht daraus',
      lead: 'Zeigen Sie alles, was dichter ist als eine Zahl, und drehen Sie die Zahl herunter. Zuerst Knochen; dann, etwas über der Luft, die Haut. Kein Training, kein Netz: Jeder kostenlose Betrachter kann das. Ziehen Sie am Kopf, um ihn zu drehen.',
      notes: [
        'Zwei Minuten. Gehen Sie langsam von rechts (Knochen) nach links und halten Sie an, wenn die Haut erscheint.',
        'Fragen Sie: Würden Sie diese Person erkennen, wenn Sie ihr begegneten? Würde es ein Programm, das ihr Foto hat?',
        'Ganz links zeigt sich auch das Rauschen der Luft: Die Haut ist der breiteste Bereich dazwischen.',
      ],
    },
    header: {
      title: 'Die Namen gehen; das Gesicht bleibt',
      lead: 'De-Identifizierung, wie die meisten sie kennen, betrifft den Header: Namen, Nummern, Daten. Sie ist nötig. Aber sehen Sie nach links: Danach sind die Pixel, was sie waren.',
      notes: [
        'Eine Minute. Die Tabelle zeigt, was Efface mit dem Header dieses Kopfes macht.',
        'Der Name darin ist erfunden. Fragen Sie: Was davon hätten Sie vergessen? Eindeutige Kennungen stehen in jeder Datei.',
        'Der Punkt: Ein sauberer Header neben einem unberührten Gesicht ist ein Pseudonym mit Foto.',
      ],
    },
    remove: {
      title: 'Das Gesicht entfernen, nicht das Gehirn',
      lead: 'Ein kleines Netz findet auf diesem Gerät Gesicht, Ohren, Augen und Gehirn. Alles vor einer glatten Wand wird Luft. Die Wand ist für alle gleich: Eine, die der Haut folgte, wäre dasselbe Gesicht, nach innen verschoben.',
      notes: [
        'Zwei Minuten. Es läuft derselbe Code wie bei jedem Scan, samt Prüfungen; nichts ist vorbereitet.',
        'Drehen Sie beide Köpfe gemeinsam. Was ist übrig, woran Sie die Person noch erkennen würden? Meist die Stirn und die Form des Kopfes.',
        'Das Gehirn und 5 mm darum herum sind geschützt: Die Zahl unter dem Bild zählt seine geänderten Voxel.',
      ],
    },
    who: {
      title: 'Wer ist das?',
      lead: 'Der Abgleich vergleicht die Haut mit der von 24 Personen. Vorher muss er die richtige nennen: Könnte er das nicht, würde sein Schweigen danach nichts bedeuten. Dann dieselbe Frage noch einmal.',
      notes: [
        'Zwei Minuten. Sagen Sie die Größe der Galerie laut: Eine von 24 ist durch Glück richtig.',
        'Wenn Zeit ist: Gehen Sie zurück, wählen Sie Weichzeichnen oder Verpixeln und fragen Sie noch einmal. Erst scheitert der Abgleich; dann behandelt er seine Galerie ebenso, wie es ein Angreifer täte. Sehen Sie beide Ränge an.',
        'Rang 1 heißt erkannt. Nach dem Schnitt sieht Zufall wie ein mittlerer Rang aus; ein Kopf ist eine Ziehung, und auch das Glück kann ihn nennen.',
        'Die Stirnen dieser erfundenen Personen unterscheiden sich kaum, deshalb sagt die Stirn hier wenig. Von 62 echten Personen, nach ihren Gehirnen ausgerichtet, verriet die Stirn allein die meisten.',
      ],
    },
    left: {
      title: 'Was eine Person noch verrät',
      lead: 'Ein Scan ohne Gesicht ist nicht anonym. Manches, was bleibt, ist selbst ein biometrisches Merkmal, und manche Angriffe brauchen gar kein Gesicht.',
      notes: [
        'Eine Minute. Fragen Sie zuerst in die Runde: Was in einem Kopf hat sonst niemand?',
        'Die letzte Liste ist das, wovor dieses Werkzeug nicht schützt. Lesen Sie sie vor.',
      ],
    },
    measured: {
      title: 'Was andere gemessen haben',
      lead: 'Jede Zahl mit der Anzahl der Personen, von denen sie kommt. Eine Rate ohne ihre Galerie sagt wenig: Unter zehn Personen ist ein Name leicht richtig.',
      notes: [
        'Solange Zeit ist. Nehmen Sie aus jeder Gruppe eine.',
        'Studien unterscheiden sich in Scannern, Fotos und Programmen; vergleichen Sie ihre Zahlen nicht bis aufs letzte Prozent.',
      ],
    },
    rules: {
      title: 'Was Regeln sagen und was Sie fragen können',
      lead: 'Was zwei Gesetze über Gesichter in Scans sagen und was Sie fragen können, wo Ihr eigener Kopf gescannt wird. Efface behauptet nicht, einem der beiden Gesetze zu genügen.',
      notes: [
        'Eine Minute. Drucken Sie den Handzettel: Die Fragen stehen darauf.',
        'Das ist keine Rechtsberatung, und Gesetze ändern sich.',
      ],
    },
  },
  skin: {
    slider: 'Hautschwelle',
    value: (hu) => `${hu} Hounsfield-Einheiten`,
    marks: { air: 'Luft', skin: 'Haut', soft: 'Weichteile', bone: 'Knochen' },
    says: (hu) =>
      hu > 250
        ? 'Knochen: ein Schädel. Für Menschen schwer zu erkennen, für Programme weniger.'
        : hu > 90
          ? 'Zwischen Knochen und Weichteilen: nur, was dicht ist.'
          : hu > -750
            ? 'Die Haut: ein Gesicht, das jeder ansehen kann.'
            : 'Nahe der Luft: Rauschen beginnt die Haut zu verdecken.',
    loading: 'Die Oberfläche wird gesucht',
  },
  remove: {
    run: 'Gesicht entfernen',
    again: 'Noch einmal entfernen',
    working: 'Das Gesicht wird entfernt',
    method: 'Methode',
    before: 'Vorher',
    after: 'Nachher',
    done: (ml) => `${Math.round(ml)} ml Gewebe wurden zu Luft.`,
    changed: (ml) => `${Math.round(ml)} ml Gewebe wurden verändert.`,
    brain: (n) => `Geänderte Voxel des Gehirns: ${n}.`,
    doubt: 'Die Prüfungen verlangen hier einen genauen Blick, wie bei einem Scan von Ihnen:',
    refused: 'Das Gesicht wurde nicht entfernt:',
  },
  who: {
    run: 'Abgleich starten',
    first: 'Entfernen Sie zuerst das Gesicht, im vorigen Schritt.',
    working: '24 Personen entstehen und werden verglichen',
    stages: { decode: 'Personen und ihre Haut entstehen' },
    caption: 'Wer ist das?',
    columns: ['Was er sieht', 'Er nennt', 'Rang der richtigen Person', 'Galerie'],
    when: {
      before: 'vorher',
      after: 'nachher',
      likewise: 'nachher, Galerie ebenso behandelt',
    },
    views: { face: 'Gesicht', forehead: 'Stirn allein', ears: 'Ohren allein' },
    person: (n) => `Person ${n + 1}`,
    right: 'richtig',
    wrong: 'falsch',
    rank: (rank, of) => `${rank} von ${of}`,
    people: (of) => `${of} Personen`,
    summary: (before, after, of) =>
      before !== 1
        ? 'Der Abgleich hat die Person schon vorher nicht erkannt: Aus dem, was er danach sagt, folgt nichts.'
        : after === 1
          ? `Vorher erkannt und noch immer erkannt: Durch Glück geschieht das einmal unter ${of}; sehen Sie an, was übrig ist.`
          : `Vorher erkannt. Danach kommt die richtige Person auf Rang ${after} von ${of}; durch Glück wird eine von ${of} erkannt.`,
    undone: (after, of) =>
      `Vorher erkannt. Erst scheint die Methode zu helfen: Rang ${after} von ${of}. Doch wer die Galerie ebenso behandelt, erkennt die Person wieder als Erste: Verdeckt waren nur Einzelheiten.`,
    picture: 'Tiefenkarten: nah ist hell',
    probe: { before: 'Vorher', after: 'Nachher' },
    gallery: 'Die 24 Personen der Galerie; die richtige ist umrahmt',
    ears: 'Wo die Ohren entfernt sind, vergleicht die Zeile der Ohren die Seiten des Schädels dahinter.',
    limits:
      'Was der Abgleich nicht kann: Er vergleicht die Haut von Scans, eine Person nach der anderen, und kennt kein Foto. Ein stärkerer kann erkennen, was er nicht erkennt; dass er scheitert, ist kein Beweis.',
  },
  left: {
    blur: {
      title: 'Weichzeichnen lässt sich rückgängig machen',
      text: 'Ein weichgezeichnetes Gesicht behält seine großen Formen, und ein Netz kann lernen, es zu schärfen. Einfacher ist es, die Galerie ebenso weichzuzeichnen: Wählen Sie zwei Schritte zuvor Weichzeichnen und starten Sie den Abgleich noch einmal. Weichzeichnen ist schwächer als Luft und sieht sicherer aus, als es ist.',
    },
    stays: {
      title: 'Was noch identifiziert',
      items: [
        'Ohren, wenn sie bleiben',
        'Zähne und Zahnersatz',
        'Der Schädel und die Knochen unter dem Gesicht',
        'Die Windungen des Gehirns',
        'Die Nebenhöhlen',
        'Alter und Geschlecht, allein aus den Pixeln',
        'Implantate und seltene Krankheiten',
      ],
    },
    not: {
      title: 'Wovor Efface nicht schützt',
      items: [
        'Vor jemandem, der den Scan derselben Person mit Gesicht hat: Alles Übrige passt dazu',
        'Vor einer anderen Serie derselben Untersuchung, die das Gesicht noch zeigt',
        'Vor einem generativen Modell, das aus dem Rest ein Gesicht errät',
        'Vor Freitext, Dateinamen und Buchstaben, die in andere Bilder eingebrannt sind',
        'Davor, dass bekannt ist, wer an jenem Tag dort gescannt wurde',
      ],
    },
  },
  measured: {
    groups: {
      bare: 'Ein Scan, wie er ist',
      after: 'Nach dem Entfernen des Gesichts',
      attack: 'Angriffe auf das, was übrig ist',
      left: 'Was übersehen wird und was bleibt',
    },
    gallery: 'Aus:',
    source: 'Quelle:',
  },
  rules: {
    laws: [
      {
        title: 'HIPAA Safe Harbor (Vereinigte Staaten, 45 CFR 164.514(b)(2))',
        text: 'Achtzehn Arten von Kennzeichen sind zu entfernen. Darunter: biometrische Merkmale, alle Teile von Daten außer dem Jahr sowie Fotos des ganzen Gesichts und vergleichbare Bilder. Außerdem darf niemand wissen, dass das Übrige jemanden identifiziert. Ob ein Scan, aus dem sich ein Gesicht darstellen lässt, einem Foto vergleichbar ist, ist nicht geklärt. Der andere Weg ist ein Sachverständiger, der das Risiko sehr klein findet und aufschreibt, warum.',
      },
      {
        title: 'DSGVO, Erwägungsgrund 26 (Europäische Union)',
        text: 'Daten sind nur anonym, wenn niemand mit Mitteln identifiziert werden kann, die wahrscheinlich genutzt werden. Ein Scan, dessen Header sauber ist und dessen Gesicht dargestellt oder wieder erraten werden kann, ist nach Ansicht von Juristen höchstens pseudonymisiert: noch immer personenbezogene Daten.',
      },
    ],
    claim:
      'Efface behauptet nicht, ein Gesetz zu erfüllen. Das Gesicht zu entfernen senkt ein Risiko; wer Daten weitergibt, bleibt für sie verantwortlich.',
    questionsTitle: 'Fragen an den, der Ihre Bilder macht',
    questions: [
      'Werden meine Bilder für Forschung genutzt oder um Software zu trainieren? Wohin gehen sie?',
      'Wie werden sie de-identifiziert: nur Namen und Daten oder auch das Gesicht und Text im Bild? Wer prüft das?',
      'Kann ich Nein sagen, und kann ich es später zurücknehmen?',
      'Wie lange werden Kopien aufbewahrt und von wem?',
      'Werden 3D-Bilder und Übersichtsaufnahmen behandelt wie die Hauptserie?',
      'Wer erfährt es, wenn jemand wieder identifiziert wird?',
    ],
  },
  handout: {
    title: 'Ihr Kopfscan zeigt Ihr Gesicht',
    points: [
      'Ein CT oder MR des Kopfes enthält die Haut. Mit einer einzigen Schwelle kann jeder sie als Gesicht zeigen, in jedem kostenlosen Betrachter.',
      'Namen aus dem Header zu entfernen ändert daran nichts.',
      'Das Gesicht kann entfernt werden und das Gehirn bleiben, wie es war; das senkt das Risiko und macht einen Scan nicht anonym.',
      'Ohren, Zähne, Schädel, Nebenhöhlen und die Windungen des Gehirns können eine Person noch verraten.',
    ],
    figures: 'Gemessen',
    result: 'In der heutigen Lektion',
    made: 'Gemacht mit Efface, das Gesichter auf dem eigenen Gerät aus Scans entfernt. Kein Medizinprodukt; keine Behauptung, ein Gesetz zu erfüllen.',
  },
};
