export const VERSION = __EFFACE_VERSION__;
