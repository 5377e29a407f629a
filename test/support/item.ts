import type { IBinaryData, IDataObject, IExecuteFunctions, INode } from 'n8n-workflow';
import { ItemReader } from '../../nodes/Bitrix24Telephony/itemReader';

const NODE: INode = {
	id: 'n',
	name: 'Node',
	type: 'bitrix24Telephony',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/**
 * A reader of one item with given parameters, as n8n hands them once expressions are resolved.
 *
 * @param typeVersion of the node.
 * @param parameters a parameter that is not there takes its fallback, as n8n does; one that is undefined stays so.
 */
export function readerOf(
	parameters: Record<string, unknown>,
	binary: Record<string, Partial<IBinaryData>> = {},
	typeVersion = 1,
): ItemReader {
	const json: IDataObject = {};
	const context = {
		getNodeParameter: (name: string, _item: number, fallback: unknown) =>
			Object.hasOwn(parameters, name) ? parameters[name] : fallback,
		getNode: () => ({ ...NODE, typeVersion }),
		getTimezone: () => 'Europe/Berlin',
		getInputData: () => [{ json, binary }],
		evaluateExpression: () => 'https://n8n.example.com/webhook-waiting/1',
		helpers: {
			assertBinaryData: (_item: number, name: string) => {
				if (!Object.hasOwn(binary, name))
					throw new Error('This operation expects the node’s input data to contain a binary file');
				return binary[name];
			},
		},
	};
	return new ItemReader(context as unknown as IExecuteFunctions, 0);
}
