/** The import table of CONTRIBUTING.md, checked on the whole graph. */
const never = (name, from, to, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from },
  to: { path: to },
});

export default {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      // A cycle of types alone costs nothing at run time and is allowed.
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    never(
      'core-is-pure',
      '^src/core',
      '^(src/(app|adapters|ui|cli)|workers)',
      'Core imports only core.',
    ),
    never(
      'app-knows-ports-only',
      '^src/app',
      '^(src/(adapters|ui|cli)|workers)',
      'Shells bring adapters.',
    ),
    never(
      'adapters-know-ports-only',
      '^src/adapters',
      '^(src/(app/(?!ports|archive)|ui|cli)|workers)',
      'An adapter fills a port.',
    ),
    never(
      'ui-asks-the-worker',
      '^src/ui',
      '^src/(adapters/(tfjs|node|codecs|zip)|cli)',
      'No voxel work on the page.',
    ),
    never(
      'geometry-is-lowest',
      '^src/core/geometry',
      '^src/core/(volume|dicom|nifti|segmentation|deface|deidentify|export|report)',
      'Geometry knows no images.',
    ),
    never(
      'volume-knows-geometry-only',
      '^src/core/volume',
      '^src/core/(dicom|nifti|segmentation|deface|deidentify|export|report|phantom)',
      'Volumes know no formats.',
    ),
    {
      name: 'adapters-do-not-meet',
      severity: 'error',
      from: { path: '^src/adapters/([^/]+)/' },
      to: { path: '^src/adapters/', pathNot: '^src/adapters/$1/' },
    },
    {
      name: 'core-packages',
      severity: 'error',
      from: { path: '^src/core' },
      to: {
        dependencyTypes: ['npm', 'core', 'npm-dev'],
        pathNot: 'node_modules/(dicom-parser|fflate)/',
      },
    },
    {
      name: 'cornerstone-in-one-place',
      severity: 'error',
      comment: 'src/ui/view/cornerstone.ts is the only importer of Cornerstone3D.',
      from: { path: '^(src|workers)', pathNot: '^src/ui/view/cornerstone' },
      to: { path: 'node_modules/@cornerstonejs/(core|tools)/' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.d\\.ts$' },
  },
};
