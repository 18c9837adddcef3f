/** Help, and the notice of an update. */
export const help = {
  title: 'Help',
  keys: 'Keys',
  mouse: 'Mouse',
  version: (version: string) => `Version ${version}`,
  notDevice: 'Efface is not a medical device. Do not read scans with it.',
  keyRows: [
    ['?', 'Help'],
    ['A', 'Approve'],
    ['R', 'Reject'],
    ['U', 'Undo the last decision (also Ctrl+Z)'],
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
} as const;

export const update = {
  title: 'A newer version of Efface is ready.',
  text: 'It was loaded from where the page comes from. Going over to it reloads the page: what is not saved is lost.',
  now: 'Reload now',
  later: 'Later',
} as const;
