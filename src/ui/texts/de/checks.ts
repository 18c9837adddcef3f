import { LIMITS } from '../../../core/report/decide.ts';
import { MOST_SKIN_CM2 } from '../../../core/report/skin-left.ts';
import type * as en from '../en/checks.ts';
import type { Translated } from '../language.svelte.ts';

const percent = (share: number): string => `${Math.round(100 * share)} %`;
const decimal = (figure: number): string => figure.toLocaleString('de');

export const checks: Translated<typeof en.checks> = {
  title: 'Prüfungen',
  grades: {
    pass: 'Bestanden',
    look: 'Ansehen',
    fail: 'Nicht bestanden',
    none: 'Nicht gemessen',
  },
  notMeasured: 'Nicht gemessen',
  faceStays: 'Das Gesicht bleibt',
  isNewFace: 'Ein anderes Gesicht ist da',
  noSkin: 'Im PET nicht zu sehen',
  ofLabels: `der CT oder MR; mindestens ${percent(LIMITS.shareOfLabels)}`,
  outsideLater: 'Beim Schreiben der Dateien',
  notAsked: 'Hier nicht geprüft',
  whyNotAsked:
    'vergleichen ließe er sich nur mit erfundenen Menschen, und das sagt über einen echten Scan nichts; „Lernen“ zeigt den Abgleich bei der Arbeit',
  places: {
    title: 'Stellen zum Ansehen',
    show: 'Zeigen',
    showRow: (row) => `Zeigen: ${row}`,
    touched: 'Das Gehirn ist berührt',
    near: (mm) => `${mm} mm vom Gehirn entfernt`,
    face: (cm2) => `Haut des Gesichts blieb, ${cm2} cm²`,
    earLeft: (cm2) => `Haut des linken Ohrs blieb, ${cm2} cm²`,
    earRight: (cm2) => `Haut des rechten Ohrs blieb, ${cm2} cm²`,
  },
  rows: {
    outside: 'Geänderte Voxel außerhalb des Bereichs',
    brain: 'Geänderte Voxel im Gehirn',
    guard: 'Abstand zum Gehirn',
    moved: 'Gesichtshaut verschoben (Median; nächste 5 %)',
    share: 'Gesichtshaut um mehr als 10 mm verschoben',
    again: 'Gesicht im Ergebnis wiedergefunden',
    parallel: 'Schnitt folgt der Haut (Index)',
    newFace: 'Abweichung vom vorgesehenen Gesicht',
    mirror: 'Übereinstimmung mit dem gespiegelten Lauf (Gehirn; Entferntes)',
    tookBack: 'Vom Hirnschutz zurückgenommen',
    matcher: 'Vom Abgleich wiedererkannt',
    left: 'Größtes Stück Haut von Gesicht oder Ohr, das blieb',
    removed: 'Entferntes Volumen',
    backend: 'Das Netz lief auf',
  },
  limits: {
    outside: 'muss 0 sein',
    brain: 'muss 0 sein',
    guard: `mindestens ${decimal(LIMITS.guardMm)} mm`,
    moved: 'mehr ist besser',
    share: `mindestens ${percent(LIMITS.shareMoved10mm)}`,
    again: `höchstens ${percent(LIMITS.faceFoundAgain)}`,
    parallel: `höchstens ${decimal(LIMITS.parallelSurfaceIndex)}`,
    newFace: `höchstens ${decimal(LIMITS.newFaceMm)} mm`,
    mirror: `mindestens ${decimal(LIMITS.mirrorBrain)}; ${decimal(LIMITS.mirrorRemoval)}`,
    tookBack: `höchstens ${percent(LIMITS.guardTookBack)}`,
    matcher: 'nicht besser als Zufall',
    left: `höchstens ${MOST_SKIN_CM2} cm²`,
    removed: '',
    backend: '',
  },
  backends: { wasm: 'WebAssembly', webgl: 'WebGL', webgpu: 'WebGPU' },
  ranks: (before, after, of) => `Rang ${before}, jetzt ${after} von ${of}`,
};
