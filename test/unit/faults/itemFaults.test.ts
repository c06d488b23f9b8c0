import { runEach } from './fault';
import { itemFaults } from './itemFaults';

runEach(itemFaults);
