// How the page is cut into files: what the first figure needs comes in few, since each costs a request and a module of its own.
const groups = [
  { name: 'icons', test: /lucide-react/ },
  { name: 'common', test: /renderer[\\/](i18n|link|ui|preferences)[\\/][^/\\]+\.tsx?$/ },
];

export const pageChunks = { codeSplitting: { groups } };
