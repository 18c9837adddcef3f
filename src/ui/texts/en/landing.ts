/** The first view, and opening files. */
export const landing = {
  title: 'Share the head scan, not the face.',
  lead: 'Efface finds the face and ears in head CT and MR scans, removes them together with the names in the header, and leaves every other voxel as it was. It runs in this tab: nothing is uploaded.',
  drop: 'Drop scans here',
  openFolder: 'Open folder',
  openFiles: 'Open files',
  demo: 'Try the demo head',
  hint: 'Or drop folders, files or ZIPs anywhere on the page. DICOM (CT and MR) and NIfTI.',
  facts: [
    {
      title: 'Nothing leaves this machine',
      text: 'No upload, no account, no request to anywhere. The page is not allowed to connect to another site.',
    },
    {
      title: 'Only the face changes',
      text: 'The brain and 5 mm around it are guarded. What is written is read back and compared, voxel by voxel.',
    },
    {
      title: 'Lower risk, not none',
      text: 'A scan without its face can still belong to someone. You look at before and after, and you decide.',
    },
  ],
} as const;

export const dropping = 'Drop to open';

export const reading = {
  title: 'Reading the files',
  detail: 'Only headers are read now.',
  demo: 'Making the demo head',
  demoStages: { read: 'Shaping the head', decode: 'Scanning it' },
  demoDetail: 'A person who does not exist, made on this machine from numbers.',
} as const;
