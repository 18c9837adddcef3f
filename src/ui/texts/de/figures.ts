/** German for the published figures (docs/figures.json), by their ids. */
import type { Figure } from '../../learn/published.ts';

export const figures: Readonly<Record<string, Omit<Figure, 'id' | 'group'>>> = {
  'mri-2019': {
    value: '83 %',
    says: 'der Personen beim ersten Versuch an einem MR-Scan des Kopfes erkannt, von kommerzieller Gesichtserkennung (95 % unter fünf Versuchen).',
    gallery: '84 Personen und ihre Fotos',
    source: 'Schwarz u. a., New England Journal of Medicine, 2019',
  },
  'mri-ct-2022': {
    value: '97 bis 98 %, 78 %',
    says: 'beim ersten Versuch erkannt, am MR und am CT.',
    gallery: '182 Personen und ihre Fotos',
    source: 'Schwarz u. a., NeuroImage 258:119357, 2022',
  },
  population: {
    value: 'etwa 150',
    says: 'Personen in einer Galerie ergeben eine Rate, die in einer ganzen Bevölkerung stark schrumpft: Eine Rate ohne ihre Galerie sagt wenig.',
    gallery: 'Simulation aus Galerien von etwa 150 Personen',
    source: 'Jwa, Koyejo und Poldrack, Imaging Neuroscience, 2024',
  },
  'older-tools': {
    value: '28 bis 38 %',
    says: 'wiedererkannt, nachdem verbreitete Werkzeuge das Gesicht entfernt hatten.',
    gallery: '157 Personen und ihre Fotos',
    source: 'Schwarz u. a., NeuroImage 231:117845, 2021',
  },
  reface: {
    value: '8 %, 5 %',
    says: 'wiedererkannt am MR und am CT, nachdem ein Durchschnittsgesicht das eigene ersetzt hatte (mri_reface).',
    gallery: '182 Personen und ihre Fotos',
    source: 'Schwarz u. a., NeuroImage 258:119357, 2022',
  },
  shell: {
    value: '55 %',
    says: 'wiedererkannt von jemandem, der das Werkzeug kennt, wo nur eine Schale gleicher Tiefe abgetragen wurde: Der Schnitt ist dasselbe Gesicht, nach innen verschoben.',
    gallery: '62 Personen, Scans gegen Scans',
    source: 'Efface, erster Versuch; docs/decisions/0018-the-matcher.md',
  },
  wall: {
    value: '3 %',
    says: 'wiedererkannt von demselben Angreifer hinter einer Wand, die der Haut nicht folgt (Zufall: 1,6 %).',
    gallery: '62 Personen, Scans gegen Scans',
    source: 'Efface, erster Versuch; docs/decisions/0018-the-matcher.md',
  },
  methods: {
    value: '16 von 24',
    says: 'beim ersten Versuch allein an der Haut erkannt, wo das Gesicht nur weichgezeichnet war; 18, wo es verpixelt war, 2, wo Luft an seiner Stelle stand, 1 durch Glück.',
    gallery: '24 Personen, Scans gegen Scans',
    source: 'Efface; docs/evidence/README.md',
  },
  blur: {
    value: 'wiederhergestellt',
    says: 'wurden die meisten Gesichter, die nur weichgezeichnet waren; entfernte nur zum Teil.',
    gallery: 'Netz, trainiert auf T1-Schichten anderer Personen',
    source: 'Abramian und Eklund, arXiv 1810.06455, 2018',
  },
  generative: {
    value: 'näher',
    says: 'am wahren Gesicht als ein Durchschnittsgesicht waren Gesichter, die ein Diffusionsmodell aus dem erriet, was nach dem Entfernen übrig war.',
    gallery: '484 Personen, die es nicht gesehen hatte, 180 zum Trainieren',
    source: 'Gao u. a., arXiv 2501.18834, 2025',
  },
  bone: {
    value: '64 %',
    says: 'noch erkannt, wo das Weichgewebe des Gesichts aus einem CT entfernt wurde und der Knochen blieb (85 % zuvor).',
    gallery: '3.206 CTs von 3.091 Personen',
    source: 'CT-Studie zu Gesichtsfrakturen, PubMed, 25. Februar 2026 (3.091 Patienten)',
  },
  ears: {
    value: '2,2 %',
    says: 'Gleichfehlerrate dreidimensionaler Ohren allein: Ein Ohr, das bleibt, verrät eine Person.',
    gallery: '2.000 Laserscans von Ohren',
    source: 'Studie zu 3D-Ohren, PLoS One, 2016',
  },
  sinuses: {
    value: '72 %',
    says: 'an einer einzigen CT-Schicht auf Höhe der Kieferhöhle erkannt, auch nach Jahren.',
    gallery: '819 CTs des Kopfes',
    source: 'Gruppe in Jena, European Congress of Radiology C-10469, 2024',
  },
  brain: {
    value: 'fast alle',
    says: 'Gehirne ohne Schädel wurden durch einfache Registrierung in einem anderen Datensatz wiedergefunden.',
    gallery: 'T1-Scans über Datensätze hinweg',
    source: 'Sharma, arXiv 2602.10043, 2026',
  },
  'ears-missed': {
    value: '73 %',
    says: 'der Ohren von Kindern entfernte ein Netz, das 98 % der Gesichter entfernte.',
    gallery: '392 Bilder, 7 Tage bis 21 Jahre',
    source: 'Studie zum Entfernen von Kindergesichtern, AJNR, 2024',
  },
  'whole-job': {
    value: '89 %, 83 %',
    says: 'der Scans, in denen die zwei besten der erprobten Werkzeuge (AFNI, pydeface) das Gesicht entfernten und das Gehirn schonten.',
    gallery: '300 T1-Scans, Alter 3 bis 85',
    source: 'Theyers u. a., Frontiers in Psychiatry, 2021',
  },
};
