/** German for the catalogue of errors (core/error-catalog.ts), with the same `{details}`. */
import type { ErrorCode, Sentences } from '../../../core/errors.ts';
import type { Translation } from '../language.svelte.ts';
import { editErrors } from './errors-edit.ts';
import { identityErrors, matcherErrors } from './errors-identity.ts';
import { inputErrors } from './errors-input.ts';
import { placeErrors } from './errors-place.ts';
import { reasons, sides, warnings } from './reasons.ts';

const errors: Readonly<Record<ErrorCode, Sentences>> = {
  ...editErrors,
  ...inputErrors,
  ...placeErrors,
  'zip/duplicate-name': {
    what: 'Ein Eintrag des ZIP-Archivs wurde ausgelassen.',
    why: 'Ein anderer Eintrag hat, von Groß- und Kleinschreibung abgesehen, denselben Namen.',
    todo: 'Entpacken Sie das Archiv und öffnen Sie den Ordner, wenn der Eintrag wichtig ist.',
  },
  'zip/nested': {
    what: 'Ein Archiv in einem Archiv wurde ausgelassen.',
    why: 'Efface sieht in ein ZIP-Archiv und die Archive darin, nicht tiefer und nicht in große.',
    todo: 'Entpacken Sie es und öffnen Sie den Ordner.',
  },
  'zip/unsafe-path': {
    what: 'Ein Eintrag des ZIP-Archivs wurde ausgelassen.',
    why: 'Sein Pfad führt aus dem Archiv hinaus.',
    todo: 'Erzeugen Sie das Archiv neu, mit gewöhnlichen Pfaden, wenn der Eintrag wichtig ist.',
  },
  'zip/bomb': {
    what: 'Das ZIP-Archiv wurde abgelehnt.',
    why: 'Entpackt ist es viel größer, als seine Größe erwarten lässt.',
    todo: 'Entpacken Sie es selbst, wenn Sie ihm trauen, und öffnen Sie den Ordner.',
  },
  'zip/damaged': {
    what: 'Das ZIP-Archiv konnte nicht gelesen werden.',
    why: 'Es ist beschädigt, verschlüsselt oder unvollständig.',
    todo: 'Kopieren oder erzeugen Sie es neu.',
  },
  'dicom/not-dicom': {
    what: 'Die Datei ist nicht DICOM.',
    why: 'Sie hat weder eine DICOM-Präambel noch einen lesbaren Datensatz.',
    todo: 'Ist sie kein Scan, brauchen Sie nichts zu tun; sie wurde ausgelassen.',
  },
  'dicom/truncated': {
    what: 'Die DICOM-Datei endet zu früh.',
    why: 'Ein Element kündigt mehr Bytes an, als die Datei hat.',
    todo: 'Kopieren Sie die Datei noch einmal von ihrer Quelle.',
  },
  'dicom/truncated-pixel-data': {
    what: 'Die Pixeldaten einer Schicht sind unvollständig.',
    why: 'Die Datei hat {bytes} Bytes an Pixeln, wo {expected} nötig sind.',
    todo: 'Kopieren Sie die Datei noch einmal von ihrer Quelle.',
  },
  'dicom/no-pixel-data': {
    what: 'Das DICOM-Objekt enthält kein Bild.',
    why: 'Es hat kein Element PixelData (ein Befund, ein Plan oder ein privat gespeichertes Bild).',
    todo: 'Es wurde ausgelassen; geben Sie es nicht ungesehen weiter.',
  },
  'dicom/damaged': {
    what: 'Die DICOM-Datei ist nicht sicher zu lesen.',
    why: 'Ihre Elemente widersprechen sich.',
    todo: 'Exportieren Sie sie noch einmal aus dem Archiv.',
  },
  'dicom/unsupported-transfer-syntax': {
    what: 'Die Kompression dieses Bildes wird nicht unterstützt.',
    why: 'Für die Transfersyntax {uid} gibt es hier keinen Dekodierer.',
    todo: 'Wandeln Sie es zuerst in eine unkomprimierte Transfersyntax um.',
  },
  'dicom/jpeg-12-bits': {
    what: 'Die Kompression dieses Bildes wird nicht unterstützt.',
    why: 'Es ist verlustbehaftetes JPEG mit {bits} Bit; der Dekodierer hier liest 8.',
    todo: 'Wandeln Sie es zuerst in eine unkomprimierte Transfersyntax um.',
  },
  'dicom/bad-compressed-data': {
    what: 'Eine komprimierte Schicht konnte nicht dekodiert werden.',
    why: 'Ihr Datenstrom ist beschädigt.',
    todo: 'Exportieren Sie sie noch einmal aus dem Archiv.',
  },
  'dicom/multi-frame': {
    what: 'Die Frames dieses Multi-Frame-Objekts bilden keine Volumen, aus denen ein Gesicht entfernt werden kann.',
    why: '{reason}',
    todo: 'Exportieren Sie es als CT, MR oder PET mit einzelnen Schichten oder lassen Sie es aus.',
  },
  'dicom/mosaic': {
    what: 'Die Schichten dieses Mosaiks (viele in einem Bild, Siemens) haben keine bestimmbare Lage.',
    why: '{reason}',
    todo: 'Öffnen Sie die Dateien, wie der Scanner sie gemacht hat, oder wandeln Sie sie in NIfTI um und öffnen Sie das.',
  },
  'dicom/colour': {
    what: 'Aus Farbbildern wird kein Gesicht entfernt.',
    why: 'Es ist ein Foto, eine Bildschirmkopie oder eine 3D-Darstellung ({photometric}).',
    todo: 'Sehen Sie es an, bevor Sie es weitergeben: Es kann ein Gesicht zeigen.',
  },
  'dicom/localizer': {
    what: 'Übersichtsaufnahmen werden ausgelassen.',
    why: 'Schon wenige dicke Schichten können das Profil des Gesichts zeigen.',
    todo: 'Geben Sie die Untersuchung ohne sie weiter.',
  },
  'dicom/derived': {
    what: 'Reformatierungen, Projektionen und Bildschirmkopien werden ausgelassen.',
    why: 'Sie sind aus anderen Bildern gemacht und können das Gesicht zeigen.',
    todo: 'Geben Sie stattdessen die ursprüngliche Serie weiter.',
  },
  'dicom/not-ct-or-mr': {
    what: 'Gesichter werden nur aus CT-, MR- und PET-Bildern entfernt.',
    why: 'Das Objekt hat die Modalität {modality}.',
    todo: 'Sehen Sie es an, bevor Sie es weitergeben.',
  },
  'dicom/directory': {
    what: 'Die DICOMDIR wurde ausgelassen.',
    why: 'Sie ist eine Liste von Dateien mit den Namen von Patienten und würde zum Ergebnis nicht passen.',
    todo: 'Sie brauchen nichts zu tun: Aus dem Ergebnis lässt sich eine neue erzeugen.',
  },
  'dicom/unsupported-pixels': {
    what: 'Die Pixel sind auf eine Weise gespeichert, die nicht unterstützt wird.',
    why: 'Sie haben je {bits} Bit oder sind Gleitkommazahlen; gelesen werden 8, 16 oder 32 Bit.',
    todo: 'Exportieren Sie die Serie als gewöhnliche CT- oder MR-Bilder.',
  },
  'dicom/burned-in': {
    what: 'Das Bild sagt, dass es eingebrannten Text enthält.',
    why: 'BurnedInAnnotation ist YES, und Efface entfernt keinen Text aus Pixeln.',
    todo: 'Lassen Sie es aus oder bereinigen Sie zuerst die Pixel.',
  },
  'nifti/not-nifti': {
    what: 'Die Datei ist nicht NIfTI-1.',
    why: 'Ihr Header hat weder die Größe noch die Kennung von NIfTI-1.',
    todo: 'Ist sie kein Scan, brauchen Sie nichts zu tun; sie wurde ausgelassen.',
  },
  'nifti/truncated': {
    what: 'Die NIfTI-Datei endet zu früh.',
    why: 'Sie hat {bytes} Bytes an Voxeln, wo {expected} nötig sind.',
    todo: 'Kopieren Sie die Datei noch einmal von ihrer Quelle.',
  },
  'nifti/damaged': {
    what: 'Die NIfTI-Datei ist nicht sicher zu lesen.',
    why: 'Ihr Header widerspricht sich, oder ihre komprimierten Daten passen nicht zu ihrer Prüfsumme.',
    todo: 'Kopieren Sie die Datei noch einmal von ihrer Quelle.',
  },
  'nifti/unsupported': {
    what: 'Diese Art von NIfTI-Datei wird noch nicht unterstützt.',
    why: '{reason}',
    todo: 'Wandeln Sie sie in eine 3D-Datei NIfTI-1 aus Zahlen um.',
  },
  'model/unavailable': {
    what: 'Das Netz konnte nicht geladen werden.',
    why: 'Seine Dateien fehlen oder sind anders, als sie sein sollten.',
    todo: 'Laden Sie die Seite neu oder installieren Sie Efface noch einmal.',
  },
  'model/backend': {
    what: 'Das Netz kann hier nicht laufen.',
    why: 'Kein Backend hat den Selbsttest bestanden.',
    todo: 'Verwenden Sie einen aktuellen Browser mit WebAssembly oder die Befehlszeile.',
  },
  'segment/no-head': {
    what: 'Es wurde kein Kopf gefunden.',
    why: 'Das Netz sieht in diesem Volumen weder Gehirn noch Gesicht.',
    todo: 'Zeigt es einen anderen Körperteil, brauchen Sie nichts zu tun; sehen Sie nach, bevor Sie es weitergeben.',
  },
  'segment/no-face': {
    what: 'Es wurde kein Gesicht gefunden: Es gibt nichts zu entfernen.',
    why: 'Das Gesicht wurde schon entfernt, der Schädel wurde entfernt, oder es liegt außerhalb des Bildfelds.',
    todo: 'Sehen Sie die Bilder an; beziehen Sie die Serie nur ein, wenn Sie das auch so sehen.',
  },
  'segment/already-defaced': {
    what: 'Das Gesicht scheint schon entfernt zu sein.',
    why: 'Die Vorderseite des Kopfes liegt hinter der Stelle, an der Gesichter sind, und keine Nase steht vor.',
    todo: 'Sehen Sie die Bilder an; beziehen Sie die Serie nur ein, wenn auch Sie kein Gesicht mehr sehen.',
  },
  'segment/pet': {
    what: 'Aus einem PET-Bild wird das Gesicht dort entfernt, wo das CT oder MR dieser Untersuchung es zeigt.',
    why: 'PET zeigt zu wenig Haut, um es allein zu prüfen: Seine Zahlen sagen, was mit dem Gesicht der anderen Serie geschah.',
    todo: 'Sehen Sie nach, ob der Umriss auch in diesem Bild dem Kopf folgt, in allen drei Richtungen.',
  },
  'segment/pet-alone': {
    what: 'Aus einem PET-Bild wird das Gesicht nur zusammen mit einem CT oder MR entfernt.',
    why: 'Das Netz kennt kein PET, und aus keinem CT oder MR dieser Untersuchung mit demselben Bezugssystem wurde das Gesicht entfernt.',
    todo: 'Öffnen Sie das CT oder MR derselben Untersuchung mit ihm und entfernen Sie zuerst dort das Gesicht, oder lassen Sie das PET aus.',
  },
  'segment/uncertain': {
    what: 'Das Netz ist sich nicht sicher, was es sieht.',
    why: '{reason}',
    todo: 'Sehen Sie das Ergebnis an, bevor Sie es verwenden.',
  },
  'check/failed': {
    what: 'Eine Prüfung des Ergebnisses ist nicht bestanden.',
    why: '{reason}',
    todo: 'Sehen Sie das Ergebnis an, bevor Sie es verwenden.',
  },
  'check/place': {
    what: 'Eine Stelle des Ergebnisses sollte angesehen werden.',
    why: '{reason}',
    todo: 'Sehen Sie das Ergebnis an, bevor Sie es verwenden.',
  },
  'deface/shallow': {
    what: 'Der Schnitt folgt der Haut in zufälliger Tiefe (flach).',
    why: 'Von 61 Personen erkannte ein Angreifer, der Scans von ihnen hat, 13 % wieder; hinter der Standardwand 3 %, durch Zufall 1,6 %.',
    todo: 'Wählen Sie Standard, wenn kein tiefes Gewebe des Gesichts gebraucht wird.',
  },
  'deface/likeness': {
    what: 'Das Gesicht wurde gröber gemacht, nicht entfernt (Weichzeichnen, Verpixeln).',
    why: 'Seine Form ist noch zu sehen, und veröffentlichte Angriffe stellen das meiste eines weichgezeichneten Gesichts wieder her.',
    todo: 'Wählen Sie Leer, Rauschen oder Ersatzgesicht für alles, was aus Ihren Händen geht.',
  },
  'deface/new-face': {
    what: 'Das Gesicht im Ergebnis ist erfunden, nicht das der Person (Ersatzgesicht).',
    why: 'Auf der Wand steht ein Gesicht des parametrischen Kopfes im Kontrast des Scans; was man darin misst, bedeutet nichts.',
    todo: 'Lassen Sie Gesicht, Ohren und was unmittelbar dahinter liegt aus jeder Auswertung.',
  },
  'deface/no-new-face': {
    what: 'Es wurde kein Ersatzgesicht eingesetzt: Der Bereich enthält Rauschen wie das der Luft.',
    why: 'In einem PET-Bild wäre ein erfundenes Gesicht Aktivität, die niemand hatte.',
    todo: 'Sie brauchen nichts zu tun; das CT oder MR der Untersuchung hat das neue Gesicht.',
  },
  'deface/new-face-first': {
    what: 'Das neue Gesicht steht im ersten von {volumes} Volumen; in den anderen enthält der Bereich Rauschen.',
    why: 'Ein Gesicht entsteht im Kontrast eines Volumens; bei Diffusion, Phase oder einer Zeitreihe könnte niemand sagen, wie es aussehen müsste.',
    todo: 'Wählen Sie Rauschen oder Leer, wenn alle Volumen gleich sein sollen.',
  },
  'deface/lent': {
    what: 'Das Gesicht wurde in einer anderen Serie dieser Untersuchung gefunden.',
    why: 'In dieser wurde es nicht sicher gefunden; beide haben dasselbe Bezugssystem.',
    todo: 'Sehen Sie nach, ob sich der Kopf zwischen den beiden bewegt hat.',
  },
  'deface/face-stays': {
    what: 'Das Gesicht wurde nicht entfernt.',
    why: 'Es war nicht unter den gewählten Bereichen, deshalb wurde nichts davon geprüft.',
    todo: 'Wählen Sie auch das Gesicht, wenn es nicht schon entfernt ist.',
  },
  'job/memory': {
    what: 'Für diesen Scan ist nicht genug Speicher da.',
    why: 'Er braucht etwa {needed} MB, und das System hat sie verweigert.',
    todo: 'Schließen Sie andere Tabs oder verwenden Sie die Befehlszeile.',
  },
  'job/fault': {
    what: 'Ein Fehler in Efface hat die Arbeit an dieser Serie beendet.',
    why: 'Eine seiner eigenen Prüfungen ist nicht bestanden.',
    todo: 'Melden Sie es; von dieser Serie wurde nichts geschrieben.',
  },
  'job/result-gone': {
    what: 'Dieses Ergebnis ist nicht mehr da.',
    why: 'Was die Seite aufhebt, wurde gelöscht, oder der Browser hat den Platz zurückgenommen.',
    todo: 'Entfernen Sie das Gesicht noch einmal; der Scan selbst ist noch offen.',
  },
  'job/crashed': {
    what: 'Der Prozess, der an dieser Serie arbeitete, ist von selbst beendet worden.',
    why: 'Meist ging der Arbeitsspeicher aus.',
    todo: 'Starten Sie noch einmal mit kleinerem --jobs; von dieser Serie wurde nichts geschrieben.',
  },
  'review/not-approved': {
    what: 'Das Ergebnis wurde nicht geschrieben.',
    why: 'Niemand hat es freigegeben.',
    todo: 'Sehen Sie es an und geben Sie es frei; dann speichern Sie noch einmal.',
  },
  'dicom/mosaic-header': {
    what: 'Ein Mosaik wurde abgelehnt.',
    why: 'Sein privater Header, der sagt, wie viele Schichten es hat und welche Seite welche ist, ist nicht zu lesen.',
    todo: 'Exportieren Sie die Serie noch einmal aus dem Scanner, mit einzelnen Schichten oder als Enhanced MR.',
  },
  ...identityErrors,
  'output/at-work': {
    what: 'Im Ausgabeordner arbeitet schon ein anderer Lauf.',
    why: 'Zwei Läufe nähmen einander die Ergebnisse.',
    todo: 'Warten Sie, bis er fertig ist, oder wählen Sie einen anderen Ordner.',
  },
  'output/exists': {
    what: 'Der Ausgabeordner ist nicht leer, oder die Ausgabedatei gibt es schon.',
    why: 'Efface überschreibt keine Datei ungefragt.',
    todo: 'Wählen Sie einen anderen Ort oder fügen Sie --force hinzu.',
  },
  'output/write': {
    what: 'Das Ergebnis konnte nicht geschrieben werden.',
    why: 'Der Datenträger ist voll, oder dort zu schreiben ist nicht erlaubt.',
    todo: 'Schaffen Sie Platz oder wählen Sie eine andere Stelle; nichts blieb halb geschrieben.',
  },
  'output/verify': {
    what: 'Eine geschriebene Datei unterscheidet sich von dem, was darin stehen sollte.',
    why: 'Beim Zurücklesen kamen andere Bytes.',
    todo: 'Prüfen Sie den Datenträger und versuchen Sie es noch einmal; das Ergebnis wurde zurückgenommen.',
  },
  'output/included': {
    what: 'Es hat noch sein Gesicht und wurde geschrieben, weil Sie es verlangt haben.',
    why: 'Efface entfernt aus solchen Bildern kein Gesicht; nur aus dem Header wurden Namen entfernt.',
    todo: 'Sehen Sie jedes Bild an, bevor Sie es weitergeben: Es kann das Gesicht zeigen.',
  },
  'output/identifier-left': {
    what: 'Eine Datei wurde zurückgehalten.',
    why: 'Ein ursprüngliches Kennzeichen ist noch in ihren Bytes ({where}).',
    todo: 'Melden Sie das als Fehler in Efface; geben Sie die Serie nicht weiter.',
  },
  ...matcherErrors,
};

export const wording: Translation['wording'] = {
  errors,
  reasons,
  sides,
  warnings,
  decimalMark: ',',
};
