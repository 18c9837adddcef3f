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
  'edit/no-plan': {
    what: 'Dieses Ergebnis kann so nicht korrigiert werden.',
    why: 'Der Kopf der anderen Serie, aus der seine Segmentierung kam, ist nicht mehr im Speicher.',
    todo: 'Entfernen Sie die Gesichter noch einmal und korrigieren Sie diese Serie vor vielen anderen.',
  },
};
