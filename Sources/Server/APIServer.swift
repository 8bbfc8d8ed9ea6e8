import Hummingbird
import Operator
