/**
 * Words that may stay in a text a person could have typed. A text is kept only if every
 * word of it is here or has the shape of a technical code; a name, a town or a diagnosis
 * is not. An unknown scanner model is lost this way: losing it is the safe error.
 */

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Makers of CT, MR and PET scanners, as their files spell them (lower case). */
const VENDORS = new Set(
  words(`
    efface siemens healthineers healthcare philips ge gems general electric toshiba canon hitachi
    fujifilm fuji shimadzu uih united imaging neusoft picker marconi elscint hologic bruker
    samsung neurologica esaote paramed aspect synaptive hyperfine carestream planmeca
    medical systems system corporation corp inc ltd ag gmbh international nederland
    co technologies mecs tmsc unknown
  `),
);

const MODELS = words(`
  magnetom somatom biograph trio triotim tim tx verio avanto avantofit aera skyra skyrafit prisma
  prismafit fit sola vida lumina altea terra free max symphony sonata espree essenza allegra
  vision harmony concerto amira spectra mmr definition sensation emotion force flash edge drive go
  top up now all open confidence volume zoom plus perspective naeotom alpha signa excite hd hdx
  hdxt hde discovery optima brivo revolution lightspeed hispeed prospeed bright speed brightspeed
  vct ultra pro xtra advantage explorer premier architect artist pioneer voyager creator genesis
  lx infinity ingenia achieva intera gyroscan panorama ambition elition evolution brilliance big
  bore ict iqon spectral ingenuity mx gemini vereos aquilion one prime lightning genesis vision
  vantage titan galan orian centurian elan atlas asteion xpress gt airis oasis echelon aperto
  scenaria supria eclipse altaire umi umr uct syngo numaris software release medcom ct mr mri sp
  nx release version service pack patch
`);

/** Body parts, coils, orientations, contrasts and other words of acquisition (lower case). */
const TECHNICAL = words(`
  head headmatrix headneck neck brain skull face orbit orbits ear ears iac sinus sinuses pituitary
  hippocampus cranium temporal bone tmj jaw mandible maxilla teeth spine cspine tspine lspine
  cervical thoracic lumbar chest thorax heart abdomen pelvis body wholebody shoulder knee hip foot
  hand wrist elbow ankle extremity breast neckvascular carotid vessel angio
  axial sagittal coronal transverse oblique ax sag cor tra obl row col left right anterior
  posterior superior inferior
  standard soft softer detail lung edge bone boneplus sharp smooth medium ultra high low very
  hires stnd chst qr br hr ur fc fl kernel filter wedge small large flat none head_filter
  matrix array coil channel ch tx rx txrx txrxhead hea hep nec q quad surface flex loop integrated
  phased birdcage birdcagecoil volume receive transmit multi ds
  hu us unspecified normalized normalised signal intensity unitless units hz ppm window algo default auto
  user normal narrow wide mediastinum stroke subdural bone_window tissue fat water air
  se fse tse gre gr spgr fspgr ir irfse tir tirm flair stir epi dwi dti asl swi tof pc mra mprage
  mp rage space cube vista bravo vibe flash fiesta ssfp trufi haste ffe tfe mpr mip localizer
  localiser scout survey topogram perfusion dynamic diffusion functional bold resting state mean
  fast gems vb edr product research stnd dix dixon in out phase opp magnitude real imaginary
  t1 t2 pd t1w t2w pdw n na no yes iv oral off on and of the with without
  clean pixel by mask recognizable visual features option basic application confidentiality
  profile per dicom ps annex annexe part details de identification identified deidentified efface
  ctp rsna tcia full retain longitudinal modified dates patient characteristics device identity
  descriptors graphics structured content institution uids private safe data
  contrast agent gadolinium iodine saline intravenous route injection
  derived lossless lossy compression reformat
  series study scan routine protocol plain pre post without wo w gd contrast thin thick slice
  slices recon reconstruction helical spiral sequential isotropic iso whole single dual phase
  arterial venous delayed delay trace tracew adc fa b0 field map fieldmap mapping bo task fmri
  rs moco mocomemprage memprage rms fov echo multiecho me mb ap pa lr rl te tr ti blade propeller
  multihance magnevist gadovist dotarem omniscan prohance omnipaque ultravist isovue visipaque
  clinical research volunteer normal sequence rcbv cbv cbf mtt prepped prep cc
  dark fluid hemo swan merge lava cor3d sag3d
`);

/** Nuclides, tracers, positions, corrections and reconstructions of PET (lower case). */
const PET = words(`
  pet fluorine carbon nitrogen oxygen gallium copper zirconium rubidium germanium
  fdg fluorodeoxyglucose deoxyglucose glucose fluorothymidine flt fluorodopa dopa fluoroethyltyrosine
  fet choline fluorocholine methionine ammonia acetate raclopride pib dotatate dotatoc dotanoc psma
  florbetapir florbetaben flutemetamol flortaucipir fluciclovine fluoroestradiol sodium fluoride
  chloride injection recumbent headfirst feetfirst prone supine decubitus erect semi lateral
  measured calculated attenuation corrected correction scatter model based randoms random singles
  delayed decay dead time tof psf osem ml mlem row action ramla fbp fore iterative subsets vpfx vpfxs
  qcfx ultrahd truex blob os tf butterworth gaussian hanning rest emission transmission
`);

const KNOWN = new Set([...VENDORS, ...MODELS, ...TECHNICAL, ...PET]);

/** Shapes of codes: numbers with a unit, kernels (H30s, FC13), models (PQ2000, MR450w), versions (E11, 3.0). */
const CODE_SHAPES: readonly RegExp[] = [
  /^[a-z]$/,
  /^\d{1,4}(mm|ms|t|kv|ma|deg|hz|khz|mhz|ch|hr|h|s|c)?$/,
  /^[a-z]{1,2}\d{1,3}[a-z]{0,2}$/,
  /^(mr|ct|pq|mx|xa|ve|vd|vb|va|xgv|hrbrain|ne|nv|pms|mcr|sn|dv)\d{1,4}[a-z]{0,2}$/,
  /^\d{1,3}(hrbrain|nvhead|channel|ch)[a-z]?$/,
  /^\d{1,2}[hcpfn]$/,
  // Iterations and subsets: 4i, 4i16s.
  /^\d{1,2}i(\d{1,2}s)?$/,
  /^(t[12](pre|post|gd|ce|c)|\d{1,2}cc)$/,
  /^([234]d|[a-z]{1,4}[23]d\d{0,2}|\d{1,3}fov|(tr|te|ti|fa|b|r)\d{1,5})$/,
  /^(algo|window|lightspeed|brightspeed|somatom|sensation|brilliance|ct)\d{0,3}$/,
];

/** Names of Siemens pulse sequences (*tfl3d1_16ns, *ep_b1000#5) and their kin. */
const SEQUENCE_NAME =
  /^[*#]?(r?[a-z]{0,8}\d{0,2}[23]d\d{0,3}[a-z]{0,3}\d{0,3}(_\d{0,4}[a-z]{0,3})?|ep_b\d{1,5}(#\d{1,3}|t)?)$/i;

/** The words of a text: letters and digits, lower case. */
export function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

export function isVocabularyWord(word: string): boolean {
  return KNOWN.has(word);
}

/** Whether a text holds technical words and codes only. */
export function isTechnicalText(text: string): boolean {
  // Nothing outside printable ASCII: the vocabulary is English.
  if (!/^[\x20-\x7e]*$/.test(text)) return false;
  if (SEQUENCE_NAME.test(text.trim())) return true;
  const found = wordsOf(text);
  // A lone long number is an ID, not a technical text.
  return found.every((word) => KNOWN.has(word) || CODE_SHAPES.some((shape) => shape.test(word)));
}

/** Whether a text is the name of a maker, nothing else. */
export function isVendorName(text: string): boolean {
  const found = wordsOf(text);
  return found.length > 0 && found.every((word) => VENDORS.has(word));
}

/**
 * Terms of the standard in coded strings that describe the pixels. They stay even where
 * a patient happens to be called like one of them.
 */
const TERMS = new Set(
  words(`
    ORIGINAL DERIVED PRIMARY SECONDARY AXIAL LOCALIZER OTHER MPR MIP REFORMATTED PROJECTION IMAGE
    M P R I ND NORM NONE DIS2D DIS3D FIL MEAN SE FFE IR GR EP RM SK MTC SS TRSS SP MP OSP
    PER RG CG PPG FC PFF PFP FS CT MR 2D 3D
    HFP HFS HFDR HFDL FFDR FFDL FFP FFS LFP LFS RFP RFS AFDR AFDL PFDR PFDL
    MONOCHROME1 MONOCHROME2 IDENTITY INVERSE ROW COL COLUMN YES NO
    ISO_10646_1 ISO_IR_100 ISO_IR_192 GB18030 GBK ISO_2022 IR
    PRODUCT RESEARCH SERVICE MAGNITUDE MIXED UNKNOWN VOLUME MONOCHROME
    L R A H F HF FH RL LR AP PA PH AH
    PT STATIC DYNAMIC GATED WHOLE_BODY BQML CNTS PROPCPS EMISSION TRANSMISSION START ADMIN
    DECY ATTN SCAT DTIM MOTN PMOT CLN RAN RADL DCAL DLYD SING
  `),
);

export function isStandardTerm(term: string): boolean {
  return TERMS.has(term.trim().toUpperCase());
}
