import { say } from '../clean';
import { kind } from '../expectation';
import type { Question } from '../question';
import { refusal, shape, value } from './build';

const LINE = 'telephony.externalLine';
/** A line that no application has. */
const unknown = { NUMBER: 'portal-check-unknown' };

/** External lines and built-in ones, without touching any. */
export const lineQuestions: readonly Question[] = [
	refusal(`${LINE}.add`, 'NUMBER should not be empty', {}),
	refusal(`${LINE}.update`, 'There are no fields to update', unknown),
	refusal(`${LINE}.update`, 'NUMBER should not be empty', { NAME: 'portal check' }),
	refusal(`${LINE}.update`, 'Could not find line with number {NUMBER}', { ...unknown, NAME: 'portal check' }),
	shape(`${LINE}.get`, {}),
	refusal(`${LINE}.delete`, 'NUMBER should not be empty', {}),
	refusal(`${LINE}.delete`, 'Could not find line with number {NUMBER}', unknown),
	value('voximplant.line.get', say`result`, {}, { result: kind('object', 'empty list') }),
	value('voximplant.line.outgoing.get', say`result`, {}, { result: kind('text') }),
	shape('voximplant.url.get', {}),
	shape('voximplant.user.getDefaultLineId', {}),
	shape('voximplant.sip.connector.status', {}),
	refusal('voximplant.sip.status', 'Settings not found', { REG_ID: 0 }),
	value('voximplant.tts.voices.get', say`result`, {}, { result: kind('object') }),
	refusal('voximplant.callback.start', 'Could not find line {LINE_ID}', {
		FROM_LINE: 'portal-check-unknown',
		TO_NUMBER: '',
		TEXT_TO_PRONOUNCE: 'portal check',
	}),
];
