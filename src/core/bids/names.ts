/** Names of BIDS (1.10): entities as key-value pairs, then a suffix; and which are safe to keep. */

const STEM = /^((?:[a-z]+-[A-Za-z0-9]+_)*)([A-Za-z0-9]+)$/;

// prettier-ignore
const IMAGE_SUFFIXES: ReadonlySet<string> = new Set([
  'T1w', 'T2w', 'T1rho', 'T1map', 'T2map', 'T2star', 'T2starw', 'T2starmap', 'FLAIR', 'FLASH', 'PD',
  'PDw', 'PDmap', 'PDT2', 'inplaneT1', 'inplaneT2', 'angio', 'swi', 'SWImagandphase', 'UNIT1',
  'MP2RAGE', 'MESE', 'MEGRE', 'VFA', 'IRT1', 'MPM', 'MTS', 'MTR', 'bold', 'sbref', 'cbv', 'phase',
  'dwi', 'asl', 'm0scan', 'epi', 'magnitude', 'magnitude1', 'magnitude2', 'phase1', 'phase2',
  'phasediff', 'fieldmap', 'ct', 'CT', 'pet', 'defacemask',
]);
const TABLE_SUFFIXES: ReadonlySet<string> = new Set([
  'events',
  'physio',
  'stim',
  'channels',
  'electrodes',
  'coordsystem',
  'beh',
  'blood',
  'scans',
  'sessions',
  'aslcontext',
  'asllabeling',
  'motion',
  'regressors',
  'timeseries',
  'confounds',
]);
/** Words a study uses in subject labels. */
const STUDY_WORDS =
  /^(sub|subj|subject|pat|patient|ctrl|control|controls|case|pilot|test|phantom|site|hc|ses|session|run|visit|baseline|followup|pre|post|scan|rescan)$/i;
/** Labels of `acq-`, `task-`, `rec-` …, where words are usual. */
const TECHNICAL_LABEL =
  /^(mprage|memprage|spgr|bravo|space|cube|vista|flash|tfl|tse|fse|gre|se|epi|highres|lowres|iso|axial|sag|sagittal|cor|coronal|tra|rest|norm|orig|magnitude|mag|phase|real|imag|AP|PA|LR|RL|preproc|defaced|brain|desc|native|nback|motor|faces|language|gambling|movie|localizer|stop|go|stroop)\d{0,3}$/i;

/** Whether a file name is that of a BIDS image whose labels are codes: no word, no date, no long number. */
export function isSafeBidsName(name: string): boolean {
  const stem = name.replace(/\.nii(?:\.gz)?$/, '');
  const suffix = /([A-Za-z0-9]+)$/.exec(stem)?.[1] ?? '';
  return stem !== name && /^sub-/.test(stem) && IMAGE_SUFFIXES.has(suffix) && isSafeBidsStem(stem);
}

/** The same of a name without its ending, with or without a subject. */
export function isSafeBidsStem(stem: string): boolean {
  const [, entities, suffix] = STEM.exec(stem) ?? [];
  if (entities === undefined || suffix === undefined) return false;
  if (!IMAGE_SUFFIXES.has(suffix) && !TABLE_SUFFIXES.has(suffix)) return false;
  return entities
    .split('_')
    .filter((entity) => entity !== '')
    .every((entity) => {
      const [key, label = ''] = entity.split('-');
      return isCode(label) || (key !== 'sub' && TECHNICAL_LABEL.test(label));
    });
}

export function isCode(label: string): boolean {
  if (/\d{7,}/.test(label)) return false; // a date, a hospital number
  const words = label.match(/[A-Za-z]+/g) ?? [];
  return words.every((word) => word.length <= 3 || STUDY_WORDS.test(word));
}

/** Entities that come after `mod` in a name. */
const AFTER_MOD =
  /_(?=(?:echo|flip|inv|mt|part|proc|hemi|space|split|recording|chunk|seg|res|den|label|desc)-)/;

/** `sub-01_T1w.nii.gz` → `sub-01_mod-T1w_defacemask.nii.gz`, its place in the order of entities. */
export function defacemaskName(name: string): string {
  const stem = name.replace(/\.nii(\.gz)?$/, '');
  const at = stem.lastIndexOf('_');
  const [entities, suffix] = [stem.slice(0, at), stem.slice(at + 1)];
  const later = AFTER_MOD.exec(entities)?.index ?? entities.length;
  return `${entities.slice(0, later)}_mod-${suffix}${entities.slice(later)}_defacemask.nii.gz`;
}
