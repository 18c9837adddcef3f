/** German for the reasons behind errors (core/error-reasons.ts), and for the warnings of a scan. */
import type { ReasonId, Side } from '../../../core/error-reasons.ts';
import type { WarningId } from '../../../core/scan-warnings.ts';

export const reasons: Readonly<Record<ReasonId, string>> = {
  'grid/no-numbers': 'Seine Orientierung enthält keine Zahlen.',
  'grid/voxel-length': 'Seine Voxel wären {mm} mm lang.',
  'grid/sheared': 'Zwei seiner Achsen treffen sich unter {degrees} Grad.',
  'grid/too-long': 'Es wäre {metres} m lang.',
  'frames/concatenation':
    'Es ist ein Teil einer Verkettung: Das Objekt wurde in mehrere Dateien geteilt.',
  'frames/no-groups': 'Es hat keine Functional Groups.',
  'frames/not-described': 'Es beschreibt nicht jeden seiner Frames.',
  'frames/no-position': 'Nicht alle seine Frames haben eine Lage.',
  'frames/several-places':
    'Seine Volumen liegen an verschiedenen Orten oder in verschiedenen Richtungen.',
  'mosaic/no-position': 'Es hat keine Lage.',
  'mosaic/no-count': 'Nichts sagt, wie viele Schichten es enthält.',
  'mosaic/not-divisible':
    'Sein Bild lässt sich nicht in die Schichten teilen, die es enthalten soll.',
  'mosaic/no-side':
    'Nichts sagt, zu welcher Seite seine Schichten zählen; es könnte gespiegelt sein.',
  'mosaic/no-distance': 'Es sagt nicht, wie weit seine Schichten auseinanderliegen.',
  'nifti/bits': 'Sie enthält ein Bit je Voxel.',
  'nifti/complex': 'Sie enthält komplexe Zahlen.',
  'nifti/rgb': 'Sie enthält Farben (RGB).',
  'nifti/rgba': 'Sie enthält Farben (RGBA).',
  'nifti/64-bit': 'Sie enthält ganze Zahlen mit 64 Bit, die Bilder nicht verwenden.',
  'nifti/128-bit': 'Sie enthält Zahlen mit 128 Bit.',
  'nifti/unknown-type': 'Ihr Zahlentyp ({type}) ist nicht bekannt.',
  'nifti/two-files':
    'Header und Bild sind zwei Dateien, und die zweite (.img) liegt nicht daneben.',
  'nifti/analyze': 'Sie ist Analyze 7.5, das nicht sagt, wo rechts und links sind.',
  'head/too-little': 'Zu wenig vom Kopf ist im Bild, um den Schnitt zu legen.',
  'head/not-lent':
    'Die Serie, aus der die Segmentierung kommt, zeigt nicht den ganzen Kopf, den diese zeigt.',
  'head/lent-doubtful':
    'Die Serie, aus der die Segmentierung kommt, ist selbst eine, die man ansehen muss.',
  'head/upside-down': 'Der Scan schneidet den Hals über dem Kopf: Er könnte auf dem Kopf stehen.',
  'head/outline': 'Der Kopf, den es umreißt, endet nicht, wo das Bild endet ({sides}).',
  'head/mirrored': 'Im gespiegelten Kopf sieht es etwas anderes.',
  'brain/absurd': 'Es sieht {ml} ml Gehirn: mehr, als in einen Kopf passt.',
  'brain/much': 'Es sieht {ml} ml Gehirn, mehr als üblich.',
  'brain/little':
    'Es sieht nur {ml} ml Gehirn: ein Kind, ein Teil des Kopfes oder Gehirn, das es übersehen hat.',
  'brain/scattered': 'Es sieht das Gehirn an mehreren Stellen.',
  'brain/pieces': 'Es sieht kleine Stücke Gehirn abseits des Gehirns.',
  'brain/not-behind-face':
    'Das Gehirn liegt nicht über und hinter dem Gesicht: Die Orientierung des Scans könnte falsch sein.',
  'brain/cut':
    'Der Scan endet im Gehirn: Gehirn nahe seinem unteren Rand könnte für Gesicht gehalten werden.',
  'brain/missed': 'Gewebe, das der Schädel umschließt, gilt ihm nicht als Gehirn.',
  'brain/called-face': 'Gewebe, das ins Innere des Schädels gehört, gilt ihm als Gesicht.',
  'brain/bare':
    'Was es Gehirn nennt, reicht bis an die Haut: Der Schädel wurde entfernt, oder es irrt sich.',
  'face/much': 'Es sieht {ml} ml Gesicht, mehr als üblich.',
  'face/little': 'Es sieht nur {ml} ml Gesicht.',
  'face/off-skin': 'Das Gesicht, das es umreißt, beginnt nicht, wo die Haut beginnt.',
  'face/blurred':
    'Die Haut des Gesichts ist viel weniger scharf als die des Schädels: Sie könnte weichgezeichnet sein.',
  'face/noise': 'Das Gesicht ist Rauschen: Es könnte schon ersetzt worden sein.',
  'ears/none': 'Es sieht kein Ohr: Sie liegen außerhalb des Scans, oder es hat sie übersehen.',
  'ears/one':
    'Es sieht nur ein Ohr: Das andere liegt außerhalb des Scans, oder es hat es übersehen.',
  'pet/faint': 'Der Kopf hebt sich in diesem Bild kaum von der Luft ab.',
  'pet/off':
    'Der Kopf liegt in diesem Bild {mm} mm neben der Stelle, an der die andere Serie ihn zeigt.',
  'check/mirror-brain':
    'Das Netz umreißt das Gehirn des gespiegelten Kopfes anders ({percent} % gleich).',
  'check/mirror-removal':
    'Das Netz findet im gespiegelten Kopf ein anderes Gesicht ({percent} % gleich).',
  'check/brain-changed': '{voxels} Voxel, die als Gehirn gelten, würden sich ändern.',
  'check/guard': 'Der Schnitt kommt dem Gehirn bis auf {mm} mm nahe.',
  'check/face-stayed': 'Haut des Gesichts blieb ({cm2} cm²).',
  'check/ear-left-stayed': 'Haut des linken Ohrs blieb ({cm2} cm²).',
  'check/ear-right-stayed': 'Haut des rechten Ohrs blieb ({cm2} cm²).',
  'check/took-back': 'Der Hirnschutz hat {percent} % dessen behalten, was zu entfernen war.',
  'check/new-face-unmeasured': 'Das neue Gesicht konnte nicht gemessen werden.',
  'check/new-face': 'Das neue Gesicht liegt {mm} mm neben dem, das dort stehen sollte.',
  'check/no-skin': 'Es konnte keine Gesichtshaut gemessen werden.',
  'check/moved': 'Nur {percent} % der Gesichtshaut haben sich um mehr als 10 mm verschoben.',
  'check/found-again': 'Das Netz findet im Ergebnis noch {percent} % des Gesichts.',
  'check/parallel': 'Die neue Oberfläche folgt der alten (Index {index}).',
  'check/outside': '{voxels} Voxel außerhalb der Maske sind verändert.',
};

export const sides: Readonly<Record<Side, string>> = {
  left: 'links',
  right: 'rechts',
  front: 'vorn',
  back: 'hinten',
  up: 'am Scheitel',
};

export const warnings: Readonly<Record<WarningId, string>> = {
  'missing-slice/one':
    'Eine Schicht fehlt: Die größte Lücke misst {gap} mm, wo {spacing} mm üblich sind.',
  'missing-slice/many':
    '{slices} Schichten fehlen: Die größte Lücke misst {gap} mm, wo {spacing} mm üblich sind.',
  'uneven-slices/distance': 'Der Abstand der Schichten wechselt von {low} zu {high} mm.',
  'uneven-slices/steps':
    'Die Schritte zwischen den Schichten schwanken von {low} bis {high} mm; für alle werden {spacing} mm genommen.',
  'gantry-tilt':
    'Die Gantry war um {degrees} Grad gekippt; die Schichten sind gegeneinander verschoben.',
  'duplicate-slice/one':
    'Eine Datei ist die Kopie einer anderen Schicht und wird nicht geschrieben.',
  'duplicate-slice/many':
    '{files} Dateien sind Kopien einer anderen Schicht und werden nicht geschrieben.',
  'already-defaced':
    'Der Header sagt, dass keine erkennbaren Merkmale mehr da sind: Das Gesicht wurde schon entfernt.',
  lossy: 'Die Bilder wurden früher verlustbehaftet komprimiert.',
  'trailing-bytes': 'Bytes hinter den Voxeln werden beim Schreiben ausgelassen.',
  'rescale-varies': 'Die Skalierung ist von Schicht zu Schicht verschieden.',
  'repeats/place':
    'Sie enthält {volumes} Volumen derselben Stelle; für alle wird die Maske des ersten verwendet.',
  'repeats/file':
    'Sie enthält {volumes} Volumen; die Maske entsteht auf ihrem Mittel und gilt für jedes.',
  'no-orientation':
    'Die Datei sagt nicht, wie der Kopf liegt; rechts und links können vertauscht sein.',
};
