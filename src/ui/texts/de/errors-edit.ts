import type { editCatalog } from '../../../core/error-catalog-edit.ts';
import type { Sentences } from '../../../core/errors.ts';

export const editErrors: Readonly<Record<keyof typeof editCatalog, Sentences>> = {
  'edit/by-hand': {
    what: 'Der entfernte Bereich wurde von Hand korrigiert.',
    why: 'Eine Person hat {added} ml hinzugefügt und {left} ml von dem behalten, was der Plan des Netzes entfernt.',
    todo: 'Sie brauchen nichts zu tun: Das Ergebnis wurde neu gemessen.',
  },
  'edit/guard-overridden': {
    what: 'Der Hirnschutz wurde von Hand aufgehoben.',
    why: '{voxels} Voxel darin werden entfernt; der angegebene Grund steht im Bericht.',
    todo: 'Sehen Sie das Gehirn neben dem Schnitt an, bevor Sie freigeben.',
  },
  'edit/mask-by-hand': {
    what: 'Der Scan wurde abgelehnt; was entfernt wird, wurde von Hand bestimmt.',
    why: 'Das Netz hat diesen Scan abgelehnt, und eine Person hat von Hand bestimmt, was entfernt wird; der angegebene Grund steht im Bericht.',
    todo: 'Sehen Sie die Haut von allen Seiten an: Keine Zahl sagt, dass das Gesicht weg ist.',
  },
  'edit/no-brain': {
    what: 'In diesem Scan wurde kein Gehirn gefunden, also nichts geschützt.',
    why: 'Es wurde kein Gehirn gefunden, das zu schützen wäre, und eine Person hat ohne Schutz weitergemacht; der angegebene Grund steht im Bericht.',
    todo: 'Sehen Sie nach, ob Gehirn entfernt wurde, bevor Sie freigeben.',
  },
  'edit/no-new-face': {
    what: 'Es wurde kein Gesicht gemacht: Der Bereich enthält Rauschen wie das der Luft.',
    why: 'Ein neues Gesicht wird an das alte angepasst, und es wurde keines gefunden.',
    todo: 'Sie brauchen nichts zu tun.',
  },
  'edit/not-by-hand': {
    what: 'Dieser Scan kann nicht von Hand korrigiert werden.',
    why: 'Seine Voxel liegen nicht dort, wo der Header es sagt, oder er zeigt keine Haut, nach der man malen kann.',
    todo: 'Lassen Sie ihn weg, oder exportieren Sie ihn noch einmal.',
  },
  'edit/no-reason': {
    what: 'Es fehlt ein Grund.',
    why: 'Ein abgelehnter Scan, oder einer ohne Gehirn, das geschützt werden kann, wird nur aus einem Grund geändert, den der Bericht nennt.',
    todo: 'Schreiben Sie den Grund neben die Bilder und übernehmen Sie noch einmal.',
  },
  'edit/nothing-painted': {
    what: 'Es ist nichts zu entfernen.',
    why: 'Das Netz hat in diesem Scan nichts geplant, und gemalt wurde nichts.',
    todo: 'Malen Sie aus, was weg soll, und übernehmen Sie noch einmal.',
  },
  'edit/no-plan': {
    what: 'Dieses Ergebnis kann so nicht korrigiert werden.',
    why: 'Der Kopf der anderen Serie, aus der seine Segmentierung kam, ist nicht mehr im Speicher.',
    todo: 'Entfernen Sie die Gesichter noch einmal und korrigieren Sie diese Serie vor vielen anderen.',
  },
};
