/** Set by the build from package.json. */
declare const __EFFACE_VERSION__: string;
