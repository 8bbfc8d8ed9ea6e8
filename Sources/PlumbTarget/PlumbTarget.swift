import Model
import Store
