import { derivedId } from '../../../../bitrix24/derivedId';
import { duration, externalCallId, FINISHED_CALL, phoneNumber } from '../../fields/call';
import { crmSource } from '../../fields/clients';
import { employee } from '../../fields/employee';
import { known } from '../../fields/employeeSearch';
import { additionalFields } from '../../fields/field';
import { date, flag, flagOffUnlessAdded } from '../../fields/kinds';
import { callLine, createLine, lineOf } from '../../fields/line';
import { direction, ifUnknownOutcome, outcome, statusCode } from '../../fields/outcome';
import { optionalRecording } from '../../fields/recording';
import { transcript } from '../../fields/transcript';
import { defineOperation } from '../operation';
import { logAnyway, logOnce } from './logging';

/** More seconds than any call has. */
const ANSWERED = 1e9;

/** One finished call in one item: register silently with its past start, finish, then recording and transcript. */
export const logCall = defineOperation({
	entry: {
		name: 'Log Call',
		value: 'logCall',
		action: 'Log a finished call',
		description:
			'Write a call that is over into the history in one go, with recording and transcript. Suits imports of call records.',
	},
	fields: [
		direction.with({ description: 'Whether the client called or was called' }),
		phoneNumber,
		employee('Employee who talked, or should have'),
		date({
			displayName: 'Start',
			name: 'start',
			description: 'When the call started. Without an offset the workflow’s time zone counts.',
		}),
		duration,
		outcome,
		externalCallId.with({
			description:
				'ID of the call on the PBX, by which a repeated import finds what is logged already. When empty, one is made of employee, number, direction and start.',
		}),
		flag({
			displayName: 'Skip if Already Logged',
			name: 'skipLogged',
			default: true,
			description:
				'Whether to leave out a call whose external ID is in the history already. It sees only the calls that the employee who connected the credential may see.',
		}),
		optionalRecording,
		transcript.with({ description: `${transcript.property.description ?? ''} Leave empty for none.` }),
		additionalFields([
			flagOffUnlessAdded({
				displayName: 'Add to Chat',
				name: 'addToChat',
				default: true,
				description: 'Whether a message about the call goes into the employee’s chat',
			}),
			flagOffUnlessAdded({
				displayName: 'Create Client',
				name: 'crmCreate',
				default: true,
				description: 'Whether a lead is created when nobody has this number',
			}),
			createLine,
			ifUnknownOutcome,
			callLine('line'),
			crmSource,
		]),
	],
	output: { ...FINISHED_CALL, LOGGED: 'boolean', FILE_ID: 'integer?', TRANSCRIPT_ID: 'integer?' },
	read: (
		{
			direction,
			outcome,
			transcript: messages,
			additionalFields: { ifUnknownOutcome, ...more },
			externalCallId,
			...call
		},
		reader,
	) => {
		const incoming = direction === 'incoming';
		const code = statusCode(reader, outcome, incoming, call.duration, ifUnknownOutcome);
		// Of two records of one call, such as the legs of a ring group, the answered one tells what happened, then the longer one.
		reader.preference = call.duration + (code === '200' ? ANSWERED : 0);
		return {
			...call,
			...more,
			incoming,
			messages,
			externalCallId:
				externalCallId ??
				(call.skipLogged
					? derivedId({ ...call, employee: Object.values(call.employee)[0], isIncoming: incoming })
					: undefined),
			statusCode: code,
		};
	},
	run: function* ({ createLine, employee, ...past }) {
		const who = yield* known(employee);
		if ('refused' in who) return who;
		const found = past.line && !createLine ? yield* lineOf(past.line) : { line: past.line };
		if ('refused' in found) return found;
		const call = { ...past, employee: who, ...found };
		return yield* call.externalCallId && call.skipLogged ? logOnce(call, call.externalCallId) : logAnyway(call);
	},
});
