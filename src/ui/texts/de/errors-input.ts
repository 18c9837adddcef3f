import type { inputCatalog } from '../../../core/error-catalog-input.ts';
import type { Sentences } from '../../../core/errors.ts';

export const inputErrors: Readonly<Record<keyof typeof inputCatalog, Sentences>> = {
  'geometry/degenerate': {
    what: 'Die Bildachsen spannen keinen Raum auf.',
    why: 'Orientierung oder Abstand im Header sind null oder widersprechen sich.',
    todo: 'Exportieren Sie die Serie noch einmal aus dem Scanner oder dem Archiv.',
  },
  'geometry/implausible': {
    what: 'Der Header beschreibt ein Volumen, das kein Scanner macht.',
    why: '{reason}',
    todo: 'Berichtigen Sie die Serie oder exportieren Sie sie neu; wo nichts seine wahre Form hat, ist kein Gesicht zu finden.',
  },
  'geometry/too-little-covered': {
    what: 'Die Serie erfasst zu wenig für einen Kopf ({mm} mm).',
    why: 'In einem so dünnen Teil ist kein Gesicht zu finden.',
    todo: 'Öffnen Sie die vollständige Serie oder geben Sie diese nicht weiter.',
  },
  'geometry/no-slices': {
    what: 'Die Serie hat keine Schichten mit einer Lage.',
    why: 'Keine ihrer Dateien enthält ImagePositionPatient und ImageOrientationPatient.',
    todo: 'Öffnen Sie den Ordner mit der Bildserie, nicht mit einer Übersichtsaufnahme oder einem Befund.',
  },
  'geometry/same-position': {
    what: 'Die Schichten dieser Serie liegen an derselben Stelle.',
    why: 'Sie ist eine wiederholte Messung einer Stelle, kein Volumen.',
    todo: 'Lassen Sie sie aus oder sehen Sie sie von Hand an: Auch eine einzelne Schicht kann ein Gesicht zeigen.',
  },
  'geometry/too-few-slices': {
    what: 'Die Serie hat zu wenige Schichten für ein Volumen ({slices}).',
    why: 'In so wenigen Schichten ist kein Gesicht zu finden.',
    todo: 'Öffnen Sie die vollständige Serie oder geben Sie diese nicht weiter.',
  },
  'geometry/too-many-voxels': {
    what: 'Der Scan hat mehr Voxel, als Platz finden ({millions} Millionen).',
    why: 'Bis zu {most} Millionen dieser Art passen mit ihren Masken in 2 GB Speicher.',
    todo: 'Öffnen Sie den Teil, der den Kopf zeigt, oder eine Fassung mit weniger Schichten oder kleineren Zahlen (int16).',
  },
  'geometry/mixed-orientation': {
    what: 'Die Schichten dieser Serie zeigen in verschiedene Richtungen.',
    why: 'Sie ist eine Übersichtsaufnahme, oder mehrere Aufnahmen teilen sich eine Serie.',
    todo: 'Lassen Sie sie aus: Eine Übersichtsaufnahme kann das Profil des Gesichts zeigen.',
  },
  'geometry/uneven-slices': {
    what: 'Die Schichten liegen zu unregelmäßig für ein Volumen.',
    why: 'Die größte Lücke misst {gap} mm, wo {spacing} mm üblich sind.',
    todo: 'Öffnen Sie die vollständige Serie.',
  },
  'file/not-an-image': {
    what: 'Die Datei ist weder DICOM noch NIfTI.',
    why: 'Ihre ersten Bytes sind nicht die eines Formats, das Efface liest.',
    todo: 'Ist sie kein Scan, brauchen Sie nichts zu tun; sie wurde ausgelassen.',
  },
  'file/unreadable': {
    what: 'Die Datei konnte nicht gelesen werden.',
    why: 'Sie wurde verschoben, oder sie zu lesen ist nicht erlaubt.',
    todo: 'Prüfen Sie die Berechtigungen und öffnen Sie sie noch einmal.',
  },
  'file/empty': {
    what: 'Die Datei ist leer.',
    why: 'Sie hat keine Bytes.',
    todo: 'Kopieren Sie sie noch einmal von ihrer Quelle.',
  },
  'file/too-large': {
    what: 'Die Datei ist zu groß, um hier gelesen zu werden ({megabytes} MB).',
    why: 'Ein Browser-Tab kann sie nicht im Speicher halten.',
    todo: 'Verwenden Sie für diese Datei die Befehlszeile oder öffnen Sie die Serie in Teilen.',
  },
  'file/too-large-to-write': {
    what: 'Die Datei ist zu groß, um neu geschrieben zu werden ({megabytes} MB).',
    why: 'Eine Datei liegt beim Schreiben als Ganzes im Speicher; bei 2 GB ist Schluss.',
    todo: 'Exportieren Sie sie in Teilen, mit weniger Frames, Volumen oder Schichten je Datei, oder lassen Sie sie aus.',
  },
  'file/link-outside': {
    what: 'Einer Verknüpfung wurde nicht gefolgt.',
    why: 'Sie führt aus dem Ordner hinaus, der geöffnet wurde.',
    todo: 'Öffnen Sie die Stelle, zu der sie führt, wenn Sie die Scans dort wollen.',
  },
  'file/compressed-dicom': {
    what: 'Die Datei ist mit gzip komprimiertes DICOM.',
    why: 'DICOM hat eine eigene Kompression; um sie herum liest kein Programm gzip.',
    todo: 'Entpacken Sie sie und öffnen Sie die DICOM-Datei.',
  },
  'folder/unreadable': {
    what: 'Ein Ordner konnte nicht gelesen werden.',
    why: 'Er wurde verschoben, oder ihn zu lesen ist nicht erlaubt.',
    todo: 'Prüfen Sie die Berechtigungen und öffnen Sie ihn noch einmal.',
  },
};
