import type { Words } from './words';

/**
 * disconnect_reason of Mango Office's manual of the VPBX API; 1124 stands in an example of it as refused. How the
 * reasons map is ours. Not verified live.
 */
export const mango: Words = {
	outcomes: [
		['ended', 1000, 1100, 1110, 1120, 1181],
		['unanswered', 1111, 1163],
		['busy', 1121],
		['declined', 1122, 1124],
		['unavailable', 1123, 1131, 1132, 1164, 1191, 1192],
		['noSuchNumber', 1133],
		['forbidden', 1130, 1140, 1150],
		['blocked', 1151, 1152],
	],
	running: ['Appeared', 'Connected', 'OnHold'],
};
