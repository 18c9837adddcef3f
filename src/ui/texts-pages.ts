/** The texts of Help, Privacy and Learn (see texts.ts). */
export const pageTexts = {
  help: {
    title: 'Help',
    keys: 'Keys',
    mouse: 'Mouse',
    version: (version: string) => `Version ${version}`,
    notDevice: 'Efface is not a medical device. Do not read scans with it.',
    keyRows: [
      ['?', 'Help'],
      ['A', 'Approve'],
      ['R', 'Reject'],
      ['N  P', 'Next, previous series'],
      ['F', 'Hold: see the original in place of the result'],
      ['M', 'Show or hide the removed region'],
      ['1 – 5', 'CT windows: soft tissue, lung, liver, bone, brain'],
      ['0', 'Reset the view'],
      ['↑ ↓', 'Slice by slice in the chosen picture'],
      ['Page ↑ ↓', 'Ten slices'],
      ['+  −', 'Zoom'],
      ['← →', 'Turn the heads (3D)'],
      ['Enter', 'Enlarge the chosen picture; again to go back'],
    ],
    mouseRows: [
      ['Wheel', 'Slice by slice'],
      ['Left drag', 'Brightness and contrast (window)'],
      ['Click', 'Move the cross, and all planes with it'],
      ['Middle drag', 'Move the picture'],
      ['Right drag', 'Zoom'],
      ['Double click', 'Enlarge; again to go back'],
    ],
  },
  privacy: {
    title: 'Privacy',
    lead: 'What this page does with your scans, and how you can check it.',
    parts: [
      {
        title: 'Nothing is sent',
        text: 'Files are read, changed and written in this tab. The page carries a policy (Content-Security-Policy, connect-src ’self’) with which the browser itself refuses any connection to another site. Once loaded, Efface works with the network cable out.',
      },
      {
        title: 'Nothing is kept',
        text: 'Scans live in memory and are gone when you close the tab or start over. Only the colour theme is remembered. There are no cookies, no statistics and no error reports.',
      },
      {
        title: 'What is written',
        text: 'Only series that you approved, as new files with new names that say nothing about the person. The report holds figures, not names, paths or pictures.',
      },
      {
        title: 'How to check',
        text: 'Open the browser’s network panel and watch it while you work, or switch to aeroplane mode first.',
      },
      {
        title: 'What Efface does not promise',
        text: 'It lowers the risk; it does not make a scan anonymous. Other series of the same visit, free text, burned-in letters, the skull, the teeth and the brain itself can still point to a person. Efface claims no conformity with HIPAA or GDPR and is not a medical device.',
      },
    ],
  },
  learn: {
    title: 'Why a head scan shows a face',
    lead: 'A short explanation. The guided lesson with a measured before and after comes in a later version.',
    parts: [
      {
        title: 'The skin is in the data',
        text: 'A head CT or MR covers the skin, so a few clicks in any viewer show the face in 3-D. In a study of 2019 (Schwarz and others, New England Journal of Medicine), a commercial face recognition program matched the MR scans of 84 people to their photographs: right at the first guess for 83 % of them.',
      },
      {
        title: 'What Efface does',
        text: 'A small neural network labels face, ears, eyes and brain. Everything of the face in front of a smooth wall is filled with air, and so is the air before it, where the face can shine through as an echo. The brain and 5 mm around it are guarded.',
      },
      {
        title: 'Why not just peel off the skin',
        text: 'We measured it on 62 people. A cut at constant depth leaves a wall that is the same face moved inwards: someone who knows the tool and peels the same shell off his own gallery still names 55 % of people. A wall whose shape does not come from the person brings that to 2 to 3 %, where chance is 1.6 %.',
      },
      {
        title: 'What stays',
        text: 'No cut helps against someone who already holds the raw scan of the same person. Skull shape, teeth and sinuses can identify too, and brains can be matched from one data set to another (Sharma, 2026). Generative models can guess a face from what is left of it: in one study the guesses were nearer to the true face than an average face is (Gao and others, 2025).',
      },
      {
        title: 'What you can ask',
        text: 'Are my images used for research or to train software? Are faces removed, or only names? Who checks the result? Can I say no, and can I take it back?',
      },
    ],
  },
} as const;
