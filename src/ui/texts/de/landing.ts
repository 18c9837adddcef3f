import type * as en from '../en/landing.ts';
import type { Translated } from '../language.svelte.ts';

export const landing: Translated<typeof en.landing> = {
  title: 'Den Kopfscan teilen, nicht das Gesicht.',
  lead: 'Efface findet Gesicht und Ohren in CT- und MR-Scans des Kopfes, entfernt sie zusammen mit den Namen im Header und lässt jedes andere Voxel, wie es war. Es läuft in diesem Tab: Nichts wird hochgeladen.',
  drop: 'Scans hier ablegen',
  openFolder: 'Ordner öffnen',
  openFiles: 'Dateien öffnen',
  demo: 'Mit dem Demokopf ausprobieren',
  hint: 'Oder legen Sie Ordner, Dateien oder ZIPs irgendwo auf der Seite ab. DICOM (CT und MR) und NIfTI.',
  facts: [
    {
      title: 'Nichts verlässt dieses Gerät',
      text: 'Kein Hochladen, kein Konto, keine Anfrage irgendwohin. Die Seite darf sich mit keiner anderen Adresse verbinden.',
    },
    {
      title: 'Nur das Gesicht ändert sich',
      text: 'Das Gehirn und 5 mm darum herum sind geschützt. Was geschrieben wird, wird zurückgelesen und Voxel für Voxel verglichen.',
    },
    {
      title: 'Weniger Risiko, nicht keines',
      text: 'Auch ein Scan ohne Gesicht kann sich noch jemandem zuordnen lassen. Sie sehen vorher und nachher, und Sie entscheiden.',
    },
  ],
};

export const dropping: Translated<typeof en.dropping> = 'Zum Öffnen ablegen';

export const reading: Translated<typeof en.reading> = {
  title: 'Dateien werden gelesen',
  detail: 'Jetzt werden nur die Header gelesen.',
  demo: 'Der Demokopf entsteht',
  demoStages: { read: 'Kopf wird geformt', decode: 'Kopf wird gescannt' },
  demoDetail: 'Eine Person, die es nicht gibt, auf diesem Gerät aus Zahlen gemacht.',
};
