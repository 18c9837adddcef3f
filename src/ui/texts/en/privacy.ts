/** The page Privacy, loaded with it alone. */
export const privacy = {
  title: 'Privacy',
  lead: 'What this page does with your scans, and how you can check it yourself.',
  count: {
    title: 'Requests since this page was loaded',
    own: (n: number) => `${n} to where the page comes from`,
    foreign: (n: number) => `${n} to anywhere else`,
    detail:
      'Counted by the browser, live. The first number is the page’s own files: its code, the network and its weights. It grows when a part of the page is used for the first time. The second must stay 0. Requests of workers are not all in it; the browser’s network panel shows them too.',
  },
  sections: [
    {
      title: 'Nothing is sent',
      text: 'Files are read, changed and written in this tab. There is no server that could receive them, no account, no cookie, no statistics, no error report.',
    },
    {
      title: 'The policy, in words',
      text: 'The page carries a Content-Security-Policy that the browser itself enforces. Nothing is allowed unless it is named. Named are: scripts, styles, fonts and workers from the page’s own address; WebAssembly, in which the network runs; pictures from there or made in the tab. Connections go to the page’s own address only. Forms can be sent nowhere, and no other site can frame the page.',
    },
    {
      title: 'How to check',
      text: 'Some seconds after the first visit the page is stored: switch on aeroplane mode, reload, and work. All of it does. Or open the browser’s network panel (F12) while you work: nothing is in it but files of the page itself, coming in.',
    },
    {
      title: 'What Efface does not promise',
      text: 'It lowers the risk; it does not make a scan anonymous. Other series of the same visit, free text, burned-in letters, the skull, the teeth and the brain itself can still point to a person. Efface claims no conformity with HIPAA or GDPR and is not a medical device.',
    },
  ],
  kept: {
    title: 'What is kept on this machine',
    columns: ['What', 'Where', 'Until'],
    rows: [
      ['Scans', 'Memory of this tab', 'You start over or close the tab'],
      [
        'Results, so that a reload does not lose them',
        'Private files of this browser, sealed with a key that only this tab has',
        'You start over, or clear it; once the tab is closed nobody can read them, and the next start removes them',
      ],
      [
        'Decisions: approved, rejected, left out, let through; for each a hash of the files and the result, no name',
        'Beside the results, sealed with the same key',
        'As long as the results; a decision counts only for the very same files and result',
      ],
      [
        'A ZIP while it is written',
        'Memory, which the browser may move to a temporary file of its own',
        'It was saved and the tab is closed',
      ],
      [
        'The page itself, without any scan',
        'Cache of this browser, to work offline',
        'A newer version, or you clear it',
      ],
      [
        'Corrections by hand: runs of a mask under a hash of the scan, no voxels, no name',
        'Private files of this address (OPFS)',
        'You reset them in the scan, or clear them here',
      ],
      [
        'Theme, language, what you chose to remove and to keep in headers, and how pictures are shown',
        'Local storage',
        'You clear it',
      ],
    ],
    clear: 'Clear what is kept',
    clearing: 'Clearing',
    cleared: (caches: number, files: number, settings: number) =>
      `Cleared: ${caches} caches, ${files} files, ${settings} settings. Scans that are open stay open; results have to be made and decided on again; the page needs its server at the next visit.`,
    failed:
      'Not all could be cleared. The settings of your browser can: site data of this address.',
  },
} as const;
